/**
 * Reads the link to a message. Nothing is guessed: what is not exactly a message's permalink is refused (null).
 *
 *   parsePermalink(url, { origins? }) -> Permalink | null
 *
 * `origins`: the sample chat's origin in local mode (`http://127.0.0.1:4100`), whose links have Slack's form.
 */

export type SlackPermalink = {
  platform: 'slack'
  url: string
  /** `halden` of `halden.slack.com`; null in `app.slack.com/client/…`, where `team` is known instead. */
  workspace: string | null
  team: string | null
  channel: string
  /** Always a string, `1700000000.000100`: as a number it would lose digits. */
  ts: string
  thread_ts: string | null
}
export type TeamsPermalink = {
  platform: 'teams'
  url: string
  channel: string
  ts: string
  thread_ts: string | null
}
export type OtherLink = { platform: 'other'; url: string; host: string }
export type Permalink = SlackPermalink | TeamsPermalink | OtherLink

const CHANNEL = /^[CGD][A-Z0-9]{7,20}$/
const TEAM = /^[TE][A-Z0-9]{7,20}$/
const TS = /^\d{10}\.\d{6}$/
const WORKSPACE = /^([a-z0-9][a-z0-9-]{0,62})(?:\.enterprise)?\.slack(?:-gov)?\.com$/
const NOT_WORKSPACES = new Set([
  'www',
  'api',
  'hooks',
  'files',
  'status',
  'app',
  'enterprise',
  'slack',
  'my',
  'edgeapi',
])
const LONGEST = 2_000

export function parsePermalink(
  link: string,
  { origins = [] }: { origins?: readonly string[] } = {},
): Permalink | null {
  const url = read(link)
  if (!url) return null
  if (origins.includes(url.origin)) return archived(url, 'sample')
  if (url.protocol !== 'https:' || url.port !== '') return null
  if (url.hostname === 'app.slack.com' || url.hostname === 'app.slack-gov.com') return inClient(url)
  if (isSlack(url.hostname)) return archived(url, workspaceOf(url.hostname))
  if (url.hostname === 'teams.microsoft.com' || url.hostname === 'teams.cloud.microsoft') return inTeams(url)
  return { platform: 'other', url: url.href, host: url.host }
}

function read(link: string): URL | null {
  const text = link.trim()
  if (text.length > LONGEST || !/^https?:\/\/[\x21-\x7e]+$/i.test(text) || text.includes('\\')) return null
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return url.username === '' && url.password === '' && !url.hostname.endsWith('.') ? url : null
}

function isSlack(host: string): boolean {
  return /(?:^|\.)slack(?:-gov)?\.com$/.test(host)
}

function workspaceOf(host: string): string | null {
  const workspace = WORKSPACE.exec(host)?.[1]
  return workspace === undefined || NOT_WORKSPACES.has(workspace) ? null : workspace
}

/** `/archives/<channel>/p<10+6 digits>[?thread_ts=…&cid=…]` */
function archived(url: URL, workspace: string | null): SlackPermalink | null {
  const match = /^\/archives\/([^/]+)\/p(\d{10})(\d{6})$/.exec(url.pathname)
  const channel = match?.[1] ?? ''
  const thread = url.searchParams.get('thread_ts')
  const cid = url.searchParams.get('cid')
  if (!match || workspace === null || !CHANNEL.test(channel)) return null
  if ((thread !== null && !TS.test(thread)) || (cid !== null && cid !== channel)) return null
  return slack(url, { workspace, team: null, channel, ts: `${match[2]}.${match[3]}`, thread_ts: thread })
}

/** `/client/<team>/<channel>/thread/<channel>-<ts>` and `/client/<team>/<channel>/p<16 digits>` */
function inClient(url: URL): SlackPermalink | null {
  const [, client, team = '', channel = '', last = '', ...rest] = url.pathname.split('/')
  if (client !== 'client' || !TEAM.test(team) || !CHANNEL.test(channel)) return null
  const message = /^p(\d{10})(\d{6})$/.exec(last)
  if (message && rest.length === 0)
    return slack(url, { workspace: null, team, channel, ts: `${message[1]}.${message[2]}`, thread_ts: null })
  const ts = rest[0]?.startsWith(`${channel}-`) ? rest[0].slice(channel.length + 1) : ''
  if (last !== 'thread' || rest.length !== 1 || !TS.test(ts)) return null
  return slack(url, { workspace: null, team, channel, ts, thread_ts: ts })
}

function slack(url: URL, place: Omit<SlackPermalink, 'platform' | 'url'>): SlackPermalink {
  return { platform: 'slack', url: url.href, ...place }
}

/** `/l/message/<conversation>/<milliseconds>?parentMessageId=…` */
function inTeams(url: URL): TeamsPermalink | null {
  const match = /^\/l\/message\/(19(?::|%3A)[^/]{1,200})\/(\d{13})$/i.exec(url.pathname)
  if (!match?.[1] || !match[2]) return null
  const parent = url.searchParams.get('parentMessageId')
  if (parent !== null && !/^\d{13}$/.test(parent)) return null
  return {
    platform: 'teams',
    url: url.href,
    channel: decodeURIComponent(match[1]),
    ts: match[2],
    thread_ts: parent,
  }
}
