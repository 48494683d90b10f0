export type Link = { text: string; href: string; host: string; suspicious: string | null }

/** Reads one `http(s)://…` as written. Null when it is no URL: then it stays text. */
export function readLink(written: string, thenHidden: boolean): Link | null {
  const text = withoutTail(written)
  const url = URL.parse?.(text) ?? parse(text)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') return null
  const cut = thenHidden && text === written
  return { text, href: url.href, host: url.host, suspicious: suspicion(text, url, cut) }
}

function parse(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** Punctuation after a link, and a closing bracket that was not opened in it, belong to the sentence. */
function withoutTail(written: string): string {
  let text = written.replace(/[.,;:!?…]{1,20}$/, '')
  while (/[)\]}]$/.test(text) && !balanced(text)) text = text.slice(0, -1)
  return text
}

function balanced(text: string): boolean {
  const close = text.at(-1) ?? ''
  const open = { ')': '(', ']': '[', '}': '{' }[close] ?? ''
  return text.split(open).length >= text.split(close).length
}

function suspicion(text: string, url: URL, cut: boolean): string | null {
  const written = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? ''
  if (url.username !== '' || url.password !== '')
    return `Goes to ${url.host}: what stands before the @ is only a user name.`
  if (cut) return `A hidden character follows this address.`
  if (/[^\x20-\x7e]/.test(written)) return `Written with look-alike or foreign letters; goes to ${url.host}.`
  if (url.hostname.split('.').some((label) => label.startsWith('xn--')))
    return `The host is spelled in letters outside ASCII: ${url.host}.`
  if (written.toLowerCase().replace(/:\d*$/, '') !== url.hostname.toLowerCase())
    return `Written as ${written}; goes to ${url.host}.`
  return isNumeric(url.hostname) ? `A bare network address, not a name.` : null
}

/** An IP address that is not this computer's own. */
function isNumeric(host: string): boolean {
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/.test(host) && !/^(?:127\.|\[::1\])/.test(host)
}
