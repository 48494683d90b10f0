/**
 * Makes a text from outside safe to look at (C43). The only way in which the desk and exports show such text:
 * no Markdown, no HTML, no entity is ever interpreted (C60); a segment is rendered as a text node, and nothing else.
 *
 *   visible(text)     -> segments, in order; their sources put together are the text, character for character
 *   visibleText(text) -> one string for plain-text exports: `⟨U+202E right-to-left override⟩`
 */
import { codeName, hiddenName } from './hidden'
import { readLink } from './visible-link'

export type Segment =
  | { kind: 'text'; text: string }
  /** `code` is `U+202E`; `name` says what it does. `text` is the character itself: never render it. */
  | { kind: 'hidden'; name: string; code: string; text: string }
  /** `text` is what was written, `host` where it really goes (ASCII); `suspicious` is a sentence for the reader, or null. */
  | { kind: 'link'; text: string; href: string; host: string; suspicious: string | null }

export function visible(text: string): Segment[] {
  return splitHidden(text).flatMap((segment, index, all) =>
    segment.kind === 'text' ? links(segment.text, all[index + 1]?.kind === 'hidden') : [segment],
  )
}

/** Nothing but printable ASCII and line ends: most of what is said, and nothing can hide in it. */
const PLAIN = /^[\x20-\x7e\n]*$/

export function visibleText(text: string): string {
  if (PLAIN.test(text)) return text
  return splitHidden(text)
    .map((segment) => (segment.kind === 'hidden' ? `⟨${segment.code} ${segment.name}⟩` : segment.text))
    .join('')
}

function splitHidden(text: string): Segment[] {
  const segments: Segment[] = []
  let run = 0
  let at = 0
  let before = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const next = at + character.length
    const name = inPlace(code, before, text, next) ? null : hiddenName(code)
    if (name !== null) {
      if (run < at) segments.push({ kind: 'text', text: text.slice(run, at) })
      segments.push({ kind: 'hidden', name, code: codeName(code), text: character })
      run = next
    }
    before = character
    at = next
  }
  if (run < text.length) segments.push({ kind: 'text', text: text.slice(run) })
  return segments
}

const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}#*0-9]/u

/** The few invisible characters that belong where they stand: the line end `\r\n`, and the joints of an emoji. */
function inPlace(code: number, before: string, text: string, next: number): boolean {
  if (code === 0x0d) return text[next] === '\n'
  if (code === 0xfe0f || code === 0xfe0e) return PICTURE.test(before)
  if (code !== 0x200d) return false
  const after = String.fromCodePoint(text.codePointAt(next) ?? 0)
  return (PICTURE.test(before) || before === '\ufe0f') && /\p{Extended_Pictographic}/u.test(after)
}

const URL_RUN = /\bhttps?:\/\/[^\s"'`<>\\]{1,2000}/gi

function links(text: string, thenHidden: boolean): Segment[] {
  const segments: Segment[] = []
  let run = 0
  for (const match of text.matchAll(URL_RUN)) {
    const link = readLink(match[0], thenHidden && match.index + match[0].length === text.length)
    if (!link) continue
    if (run < match.index) segments.push({ kind: 'text', text: text.slice(run, match.index) })
    segments.push({ kind: 'link', ...link })
    run = match.index + link.text.length
  }
  if (run < text.length) segments.push({ kind: 'text', text: text.slice(run) })
  return segments
}
