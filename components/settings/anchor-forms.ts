import type { AnchorKind } from '@/lib/registry/anchor-event'
import type { Form } from '../form/form'
import type { Anchors } from './query'

/** A kind that is set up or changed, or one that is stopped. */
export type Change = AnchorKind | `no-${AnchorKind}`

const hours = (every: number) =>
  ({
    kind: 'number',
    name: 'every_hours',
    label: 'Every so many hours',
    hint: '24 for once a day; at most 168.',
    initial: String(every),
    half: true,
  }) as const

/** All of them say the whole setting: what a dialog isn't about stays as it is. */
export function anchorForms({ settings, team }: Anchors): Record<Change, Form> {
  const { timestamp, chat, every_hours } = settings
  const stop = (title: string, intro: string, fixed: object): Form => ({
    ...{ title, intro, submit: 'Stop', danger: true, done: 'Stopped', fields: [] },
    fixed: { timestamp, chat, every_hours, ...fixed },
  })
  return {
    timestamp: {
      title: 'Timestamps of the log’s head',
      intro: 'The first one is asked for at once.',
      submit: 'Set up',
      done: 'Set up',
      fields: [
        {
          kind: 'line',
          name: 'timestamp.url',
          label: 'The authority’s address',
          hint: 'It is sent a digest, and nothing else.',
          initial: timestamp?.url ?? '',
          max: 300,
          mono: true,
        },
        {
          kind: 'text',
          name: 'timestamp.ca',
          label: 'Its root certificate, in PEM',
          hint: 'From where the authority publishes it: a timestamp that leads to no other is refused.',
          initial: timestamp?.ca ?? '',
          max: 20_000,
          rows: 6,
        },
        hours(every_hours),
      ],
      fixed: { chat },
    },
    chat: {
      title: 'Posts of the log’s head',
      intro: 'Invite On Record to the channel first. The first post is made at once.',
      submit: 'Set up',
      done: 'Set up',
      fields: [
        {
          kind: 'line',
          name: 'chat.channel',
          label: 'The channel’s id',
          hint: 'Starts with C: in Slack, under the channel’s details.',
          initial: chat?.channel ?? '',
          mono: true,
          half: true,
        },
        hours(every_hours),
      ],
      fixed: { timestamp, chat: { platform: 'slack', team: chat?.team ?? team } },
    },
    'no-timestamp': stop('Stop timestamps', 'What was stamped stays.', { timestamp: null }),
    'no-chat': stop('Stop posts', 'What was posted stays.', { chat: null }),
  }
}
