import { utf8 } from './bytes'

/** RFC 4180: fields in quotes, quotes doubled, CRLF. */
export function csvRow(fields: readonly (string | number)[]): string {
  return `${fields.map((field) => `"${neutral(String(field)).replaceAll('"', '""')}"`).join(',')}\r\n`
}

// A spreadsheet runs what begins like this, some of them behind white space: = + - @, and their full-width forms. Others skip control characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be neutralised
const STARTS_FORMULA = /^(?:[\t\n\r\u0000]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/

/** Text that a spreadsheet shows instead of running it. */
function neutral(field: string): string {
  return STARTS_FORMULA.test(field) ? `'${field}` : field
}

export type TimelineRow = {
  readonly seq: number
  readonly index: number
  readonly at: string
  readonly type: string
  readonly actor: string
  readonly summary: string
  /** One for each further column. */
  readonly more?: readonly (string | number)[]
}

const COLUMNS = ['seq', 'index', 'at', 'type', 'actor', 'summary']

/** `data/derived/timeline.csv`: for reading in a spreadsheet, not evidence. Begins with a byte order mark, for Excel. */
export async function* timelineCsv(
  rows: AsyncIterable<TimelineRow>,
  further: readonly string[] = [],
): AsyncGenerator<Uint8Array> {
  yield utf8(`\ufeff${csvRow([...COLUMNS, ...further])}`)
  for await (const { seq, index, at, type, actor, summary, more = [] } of rows) {
    yield utf8(csvRow([seq, index, at, type, actor, summary, ...more]))
  }
}
