import { CALLBACK } from './parse'

/**
 * The manifest of a customer's own internal app: pasted once at api.slack.com/apps. Internal apps keep Slack's normal
 * rate limits. `events` needs the channel history scopes; without them, later edits and deletions go unnoticed.
 */
export function slackManifest(origin: string, { events = true }: { events?: boolean } = {}) {
  const history = events ? ['channels:history', 'groups:history'] : []
  return {
    display_information: {
      name: 'On Record',
      description: 'Puts a message on record, as a case with an owner.',
      background_color: '#1d2024',
    },
    features: {
      bot_user: { display_name: 'On Record', always_online: true },
      shortcuts: [
        {
          name: 'Put on record',
          type: 'message',
          callback_id: CALLBACK.shortcut,
          description: 'Make a case of this message',
        },
      ],
      slash_commands: [
        {
          command: '/record',
          url: `${origin}/api/slack/commands`,
          description: 'Put a message on record',
          usage_hint: 'link to the message',
          should_escape: false,
        },
      ],
    },
    oauth_config: {
      scopes: { bot: ['commands', 'chat:write', 'users:read', 'channels:read', 'groups:read', ...history] },
    },
    settings: {
      interactivity: { is_enabled: true, request_url: `${origin}/api/slack/interactions` },
      ...(events
        ? {
            event_subscriptions: {
              request_url: `${origin}/api/slack/events`,
              bot_events: ['message.channels', 'message.groups', 'app_uninstalled'],
            },
          }
        : {}),
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  }
}
