import { LogLevel, WebClient } from '@slack/web-api'

export type SlackConfig = {
  botToken: string
  signingSecret: string
  /** `https://slack.com/api/` unless the sample chat or a proxy stands in its place. */
  apiUrl?: string | undefined
}

/** `api` for reading and posting, `forms` for `views.open` alone; `responds` says where a `response_url` may lead. */
export type SlackClients = {
  api: WebClient
  forms: WebClient
  token: string
  responds: (url: string) => boolean
}

/**
 * Two clients on purpose: a trigger lives for three seconds, and one rate-limited call in a shared queue would make the
 * form wait behind it. The client for forms neither retries nor queues.
 */
export function slackClients({ botToken, apiUrl }: Pick<SlackConfig, 'botToken' | 'apiUrl'>): SlackClients {
  const common = {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/` }),
    logLevel: LogLevel.ERROR,
    allowAbsoluteUrls: false,
    rejectRateLimitedCalls: true,
  }
  return {
    api: new WebClient(botToken, {
      ...common,
      timeout: 10_000,
      retryConfig: { retries: 1, minTimeout: 200 },
    }),
    forms: new WebClient(botToken, { ...common, timeout: 2_500, retryConfig: { retries: 0 } }),
    token: botToken,
    responds: (url) => isResponseUrl(url, apiUrl),
  }
}

/** A signed request told us where to answer; even so, nothing but Slack's own host is called. */
function isResponseUrl(link: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(link)) return false
  const url = new URL(link)
  if (apiUrl !== undefined) return url.origin === new URL(apiUrl).origin
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    (url.hostname === 'hooks.slack.com' || url.hostname === 'hooks.slack-gov.com')
  )
}
