import { type Refusal, refuse } from '@/lib/act/refusal'
import { type CsvRow, readCsv } from '@/lib/nhi/csv'

const MOST_LINES = 2_000
/** Twice as many as there are to know: each one costs something on each line. */
const MOST_COLUMNS = 40

/** The columns' names, and the lines that say something. */
export function readList(csv: string): { head: readonly string[]; lines: CsvRow[] } | Refusal {
  const { rows, problem } = readCsv(csv)
  if (problem)
    return refuse('invalid', `Line ${problem.line}: ${problem.sentence}`, 'Correct it and send it again.')
  const [first, ...rest] = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const head = first?.cells.map((name) => name.trim()) ?? []
  if (!head.includes('name') || !head.includes('account'))
    return refuse(
      'invalid',
      'The first line must name the columns, "name", "system" and "account" among them.',
      'See the example on the import page.',
    )
  if (head.length > MOST_COLUMNS)
    return refuse(
      'too_large',
      `At most ${MOST_COLUMNS} columns.`,
      'Leave out those that are no column of ours.',
    )
  const twice = head.find((name, at) => name !== '' && head.indexOf(name) !== at)
  if (twice)
    return refuse('invalid', `The column "${twice}" is there twice.`, 'Leave one of them out.', {
      field: twice,
    })
  if (rest.length > MOST_LINES)
    return refuse('too_large', `At most ${MOST_LINES} lines at once.`, 'Split the list.')
  return { head, lines: rest }
}
