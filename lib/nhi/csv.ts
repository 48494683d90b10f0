/** Where reading stopped and why; lines count from 1, as an editor shows them. */
export type CsvProblem = { readonly line: number; readonly sentence: string }
export type CsvRow = { readonly line: number; readonly cells: readonly string[] }

/**
 * Reads RFC 4180 strictly: lines end in CRLF or LF, a cell with a quote, comma or line end is quoted, quotes in it doubled.
 * What another program could read differently is a problem, never a guess. A byte order mark at the start is skipped.
 */
export function readCsv(text: string): { rows: CsvRow[]; problem: CsvProblem | null } {
  const rows: CsvRow[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const row = readRow(text, at, line)
    if ('sentence' in row) return { rows, problem: row }
    rows.push({ line, cells: row.cells })
    at = row.next
    line = row.line
  }
  return { rows, problem: null }
}

type Read = { cells: string[]; next: number; line: number }

function readRow(text: string, start: number, startLine: number): Read | CsvProblem {
  const cells: string[] = []
  let at = start
  let line = startLine
  for (;;) {
    const cell = text[at] === '"' ? readQuoted(text, at, line) : readPlain(text, at, line)
    if ('sentence' in cell) return cell
    cells.push(cell.value)
    at = cell.next
    line = cell.line
    if (at >= text.length) return { cells, next: at, line }
    if (text[at] === ',') at += 1
    else if (text[at] === '\n') return { cells, next: at + 1, line: line + 1 }
    else if (text.startsWith('\r\n', at)) return { cells, next: at + 2, line: line + 1 }
    else
      return { line, sentence: 'Something follows the closing quote of a cell: double the quotes inside it.' }
  }
}

type Cell = { value: string; next: number; line: number }

function readQuoted(text: string, start: number, startLine: number): Cell | CsvProblem {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { line: startLine, sentence: 'A quoted cell that begins here never ends.' }
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { value, next: quote + 1, line: startLine + count(value, '\n') }
    value += '"'
    at = quote + 2
  }
}

const PLAIN_END = /[,\n\r"]|$/g

function readPlain(text: string, start: number, line: number): Cell | CsvProblem {
  PLAIN_END.lastIndex = start
  const next = PLAIN_END.exec(text)?.index ?? text.length
  if (text[next] === '"') return { line, sentence: 'There is a quote inside a cell that is not quoted.' }
  if (text[next] === '\r' && text[next + 1] !== '\n')
    return { line, sentence: 'A line ends in CR alone: use CRLF or LF.' }
  return { value: text.slice(start, next), next, line }
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are among the characters that are marked
const MARKED = /^'(?:[\t\n\r\u0000]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/

/** Takes back the mark that keeps a spreadsheet from running a cell (lib/record/csv.ts), so that what was exported comes in unchanged. */
export function unmarked(cell: string): string {
  return MARKED.test(cell) ? cell.slice(1) : cell
}
