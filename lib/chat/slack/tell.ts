import type { SlackClients } from './client'
import { escaped } from './text'

/** Answers one person through the request's `response_url`. `false` when it could not be said; nothing depends on it. */
export async function tell(
  clients: SlackClients,
  respond: string,
  text: string,
  links: { text: string; url: string }[] = [],
): Promise<boolean> {
  if (!clients.responds(respond)) return false
  const said = [
    escaped(text),
    ...links.map((link) => `<${link.url}|${escaped(link.text).replaceAll('|', '/')}>`),
  ].join('\n')
  try {
    const answer = await fetch(respond, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text: said }),
      redirect: 'error',
      signal: AbortSignal.timeout(2_500),
    })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}
