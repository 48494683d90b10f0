/**
 * The sample chat: a Slack that runs on this computer, so that On Record can be tried without one.
 *
 *   startSampleChat({ port, appUrl, signingSecret, botToken, leakedPassword }) -> SampleChat
 *
 * `chat.url` is the page; `chat.apiUrl` is Slack's API (give it to On Record as the Slack API's address); `chat.acts` does
 * what a person would do in the page, and sends On Record the very requests that Slack would.
 */
import { type Acts, acts } from './acts'
import { type Notice, type Sends, sends } from './sends'
import { type Answer, file, json, listen, type Request } from './server'
import { shown } from './shown'
import { haldenInstruments, type Story } from './story'
import { type StrictSlack, strictSlack } from './strict'
import { type Json, openWorkspace, type Workspace } from './workspace'

export type SampleChatOptions = {
  /** 0 takes any free port. */
  port: number
  /** On Record's address, `http://localhost:3000`. */
  appUrl: string
  signingSecret: string
  botToken: string
  leakedPassword: string
  /** Another story than Halden's. */
  story?: Story
  /** Calls a minute by method, lower than Slack's for tests. */
  rates?: Record<string, number>
  now?: Date
  clock?: () => number
}

export type SampleChat = {
  url: string
  /** `http://127.0.0.1:<port>/api/` */
  apiUrl: string
  story: Story
  workspace: Workspace
  slack: StrictSlack
  acts: Acts
  notices: Notice[]
  close(): Promise<void>
}

export async function startSampleChat(options: SampleChatOptions): Promise<SampleChat> {
  if (options.signingSecret.trim() === '' || options.botToken.trim() === '')
    throw new Error('the sample chat needs a signing secret and a bot token')
  const story = options.story ?? haldenInstruments(options.leakedPassword)
  const workspace = await openWorkspace(story, options.now ?? new Date())
  const notices: Notice[] = []
  let url = ''
  const publicUrl = () => url
  const sending = sends(story, notices, {
    appUrl: options.appUrl.replace(/\/$/, ''),
    signingSecret: options.signingSecret,
    publicUrl,
  })
  const slack = strictSlack(workspace, sending.notify, { ...options, publicUrl })
  const doing = acts(workspace, slack, sending)
  const parts: Parts = { workspace, slack, doing, sending, notices, appUrl: options.appUrl }
  const { server, url: address } = await listen(options.port, (request) => route(parts, request)).catch(
    async (error) => {
      await workspace.close()
      throw error
    },
  )
  url = address
  const close = async () => {
    server.closeAllConnections()
    await Promise.all([new Promise((resolve) => server.close(resolve)), workspace.close()])
  }
  return { url, apiUrl: `${url}/api/`, story, workspace, slack, acts: doing, notices, close }
}

type Parts = {
  workspace: Workspace
  slack: StrictSlack
  doing: Acts
  sending: Sends
  notices: Notice[]
  appUrl: string
}

async function route(parts: Parts, request: Request): Promise<Answer> {
  const [, first = '', second = '', third = ''] = request.path.split('/')
  if (first === 'api' && request.method === 'POST') {
    const {
      status,
      headers,
      json: body,
    } = await parts.slack.handle(second, request.headers.authorization ?? '', request.body)
    return json(body, status, headers)
  }
  if (first === 'response' && request.method === 'POST')
    return parts.sending.respond(second, request.body)
      ? json({ ok: true })
      : json({ ok: false, error: 'used_url' }, 404)
  if (first === 'sample') return sample(parts, second, request)
  if (request.method !== 'GET') return { status: 405, body: 'Not here.' }
  if (first === 'archives')
    return { status: 302, headers: { location: `/#${second}/${dotted(third)}${threadOf(request)}` } }
  return file(first === '' ? 'index.html' : first)
}

function dotted(p: string): string {
  return /^p\d{16}$/.test(p) ? `${p.slice(1, 11)}.${p.slice(11)}` : ''
}

function threadOf(request: Request): string {
  const thread = request.query.get('thread_ts') ?? ''
  return /^\d{10}\.\d{6}$/.test(thread) ? `/${thread}` : ''
}

/** The page's own requests. The header can't be sent by another site's page without asking, and nothing here answers that. */
async function sample(
  { workspace, slack, doing, notices, appUrl }: Parts,
  what: string,
  { method, headers, query, body }: Request,
): Promise<Answer> {
  if (headers['x-sample-chat'] !== '1')
    return { status: 403, body: 'Only the sample chat’s own page may ask.' }
  const text = (name: string) => String(body[name] ?? '')
  const as = text('as')
  if (method === 'GET' && what === 'state')
    return json(
      await shown(
        workspace,
        slack.forms,
        notices,
        { as: query.get('as') ?? '', channel: query.get('channel') ?? '', thread: query.get('thread') },
        appUrl,
      ),
    )
  if (method !== 'POST') return { status: 405, body: 'Not here.' }
  const doings: Record<string, () => Promise<unknown>> = {
    say: () => doing.say(as, text('channel'), text('text'), text('thread') || undefined),
    edit: () => doing.edit(as, text('channel'), text('ts'), text('text')),
    delete: () => doing.remove(as, text('channel'), text('ts')),
    promote: () => doing.promote(as, text('channel'), text('ts')),
    submit: () => doing.submit(as, text('view'), (body.values ?? {}) as Json),
    dismiss: async () => doing.dismiss(as, text('view')),
    press: () => doing.press(as, text('channel'), text('ts'), text('action_id')),
    command: () => doing.command(as, text('channel'), text('text')),
  }
  const act = Object.hasOwn(doings, what) ? doings[what] : undefined
  if (!act) return { status: 404, body: 'Not found.' }
  try {
    return json({ done: (await act()) ?? null })
  } catch (error) {
    return json({ error: error instanceof Error ? error.message : 'it failed' }, 409)
  }
}
