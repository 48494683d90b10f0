import { type Finding, isMarkerAt, isPlaceholder, RANK, type Rule } from './finding'
import { next } from './next'

/** Words after which a password stands, whatever it looks like. */
const STRONG = 'password|passwort|passwd|passphrase|passcode|pwd|(?<![A-Za-z])pass|(?<![A-Za-z])pw'
/** Words after which a secret may stand: only if it looks like one. */
const WEAK =
  'secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|account[_-]?key|signing[_-]?key|credentials?|client[_-]?secret'
const SEPARATOR = '[ \\t]{0,4}(?:=>|:=|=|:)[ \\t]{0,4}|[ \\t]{1,4}is:?[ \\t]{1,4}|[ \\t]{1,4}(?=["\'`])'
const NAMED = new RegExp(`(?:(${STRONG})|(?:${WEAK}))["'\`\\]]{0,2}(?:${SEPARATOR})`, 'gi')
/** `--password hunter2`, `--token=…` on a command line. */
const OPTION = /--(?:password|passwd|pass|token|api-key|secret|client-secret)[ \t=]{1,3}/gi
/** `curl -u user:password`. What stands before it is looked at last, so that a text is searched for its hyphens alone. */
const USER = /(?:-u|--user)(?<=\s(?:-u|--user))[ \t=]{0,3}["']?[A-Za-z0-9_.@-]{1,80}:/g

/** Where a secret would be filled in. */
const TEMPLATE = /^["']?(?:\$\{[^}\n]*\}|\{\{[^}\n]*\}\}|\$\([^)\n]*\))/
const LONGEST = 1_024
const BARE_END = /[\s"'`;,&<>)\]}|]|\\n/

export const assignments: Rule = (text) => [...named(text), ...options(text)]

/** Where values end, in one text. */
type Ends = {
  readonly text: string
  readonly bare: Next
  readonly line: Next
  readonly quotes: Record<Quote, Next>
}
type Next = (from: number) => number
type Quote = '"' | "'" | '`'

function endsIn(text: string): Ends {
  const quotes = { '"': next(text, /"/), "'": next(text, /'/), '`': next(text, /`/) }
  return { text, bare: next(text, BARE_END), line: next(text, /\n/), quotes }
}

function* named(text: string): Generator<Finding> {
  const ends = endsIn(text)
  for (const match of text.matchAll(NAMED)) {
    const at = match.index + match[0].length
    const strong = match[1] !== undefined
    const said = /\sis:?\s+$/i.test(match[0])
    const spaced = /:[ \t]+$/.test(match[0])
    const value = valueAt(ends, at, /[:s]["'`]?\s+$/i.test(match[0]))
    if (
      !value ||
      !likely(value.value, {
        strong,
        said,
        spaced,
        quoted: value.quoted,
        rest: text.slice(value.end, value.end + 3),
      })
    )
      continue
    yield finding(value, strong ? 'password' : 'secret value')
  }
}

function* options(text: string): Generator<Finding> {
  for (const pattern of [OPTION, USER]) {
    const ends = endsIn(text)
    for (const match of text.matchAll(pattern)) {
      const value = valueAt(ends, match.index + match[0].length, false)
      if (value && value.value.length >= 4) yield finding(value, 'password')
    }
  }
}

type Value = { start: number; end: number; value: string; quoted: boolean }

/** `inSentence`: a full stop after it ends the sentence, not the password. */
function valueAt(ends: Ends, at: number, inSentence: boolean): Value | null {
  const { text } = ends
  if (isMarkerAt(text, at) || TEMPLATE.test(text.slice(at, at + 100))) return null
  const quote = text[at]
  const quoted = quote === '"' || quote === "'" || quote === '`'
  const start = quoted ? at + 1 : at
  const end = quoted ? endOfQuote(ends, start, quote) : endOfBare(ends, start, inSentence)
  const value = text.slice(start, end)
  if (value === '' || isMarkerAt(text, start) || isPlaceholder(value)) return null
  return { start, end, value, quoted }
}

function endOfQuote(ends: Ends, start: number, quote: Quote): number {
  const close = ends.quotes[quote](start)
  if (close < Math.min(ends.text.length, start + LONGEST, ends.line(start))) return close
  return endOfBare(ends, start, true)
}

function endOfBare({ text, bare }: Ends, start: number, inSentence: boolean): number {
  const end = Math.min(bare(start), start + LONGEST)
  return inSentence && end > start && '.:?'.includes(text[end - 1] ?? ' ') ? end - 1 : end
}

type Signs = { strong: boolean; said: boolean; spaced: boolean; quoted: boolean; rest: string }

/** Rather one word of prose masked than one password shown; but `the password is in the vault` stays readable. */
function likely(value: string, { strong, said, spaced, quoted, rest }: Signs): boolean {
  if (!strong) return value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value)
  if (quoted) return value.length >= 3
  const plain = /^[A-Za-z'’-]+$/.test(value)
  if (said) return value.length >= 4 && !plain
  const goesOn = /^,? ?[A-Za-z]/.test(rest)
  if (spaced) return value.length >= 4 && !(plain && goesOn)
  return value.length >= 3
}

function finding({ start, end, value }: Value, name: string): Finding {
  return { start, end, kind: name.replaceAll(' ', '-'), name, where: null, value, rank: RANK.assignment }
}
