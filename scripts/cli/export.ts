import { type HistoryWanted, historyFilter } from '../../lib/act/history-filter'
import { HELP } from './export-help'
import { type Covered, coveredBy, type Wanted } from './export-scope'
import { writeExport } from './export-write'
import { withInstallation } from './installation'
import type { Command } from './main'
import { type Options, UsageError } from './options'
import { checkOut } from './out'

export const exportCommand: Command = {
  help: HELP,
  values: ['case', 'from', 'to', 'history', 'out', 'purpose'],
  flags: ['sample', 'all'],
  async run(options) {
    const { out, wanted, purpose } = read(options)
    await checkOut(out)
    return withInstallation(async (installation) => {
      const covered = await coveredBy(installation, wanted)
      const written = await writeExport(installation, covered, purpose, out)
      const text = `${sentence(covered)} ${out}: ${written.files} files. Check it with: npx on-record verify ${out}`
      return { text, json: { ...shown(covered), out, ...written } }
    })
  },
}

/** A list of thousands of ids helps nobody: they are in the bundle. */
function shown(covered: Covered): object {
  return covered.scope === 'cases' ? { ...covered, cases: covered.cases.length } : covered
}

function sentence(covered: Covered): string {
  switch (covered.scope) {
    case 'case':
      return `Case ${covered.case} is in`
    case 'period':
      return `What happened from ${covered.from} until ${covered.to} is in`
    case 'cases':
      return covered.cases.length === 1
        ? `One case ${covered.filter} is in`
        : `${covered.cases.length} cases ${covered.filter} are in`
    case 'everything':
      return 'The whole record is in'
  }
}

function read({ values, flags }: Options): { out: string; wanted: Wanted; purpose: string } {
  const out = values.get('out')
  if (!out) throw new UsageError('Say where the bundle goes: --out <path>.')
  const [named, from, to] = [values.get('case'), values.get('from'), values.get('to')]
  const asked: Wanted[] = []
  if (named !== undefined) asked.push({ case: named })
  if (flags.has('sample')) asked.push('sample')
  const history = values.get('history')
  if (history !== undefined) asked.push({ history: historyIn(history) })
  if (flags.has('all')) asked.push('everything')
  if (from !== undefined || to !== undefined) asked.push(period(from, to))
  const [wanted, ...more] = asked
  if (wanted === undefined || more.length > 0)
    throw new UsageError(
      'Say what to export: --case <id or number>, --from <day> --to <day>, --history <filter>, --all, or --sample.',
    )
  return { out, wanted, purpose: values.get('purpose') ?? 'Exported at the console' }
}

/** As in the address of the page History; days begin and end with UTC's. */
function historyIn(query: string): HistoryWanted {
  const given = Object.fromEntries([...new URLSearchParams(query)].filter(([name]) => name !== 'view'))
  const [from, to] = [given.from, given.to]
  const read = historyFilter.safeParse({
    ...given,
    ...(from === undefined ? {} : { from: moment(from, 'history: from').toISOString() }),
    ...(to === undefined ? {} : { to: lastOf(to) }),
  })
  if (read.success && Object.keys(read.data).length) return read.data
  const why = read.error?.issues[0]
  throw new UsageError(
    `--history takes what stands behind the ? in the address of the page History${why ? `: ${why.path.join('.')} ${why.message}` : '.'}`,
  )
}

function lastOf(to: string): string {
  const end = moment(to, 'history: to')
  return (DAY.test(to) ? new Date(end.getTime() + DAY_MS - 1) : end).toISOString()
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000

/** Days are UTC and both belong to the period; a time is that moment. */
function period(from: string | undefined, to: string | undefined): Wanted {
  const start = moment(from ?? '1970-01-01', 'from')
  const end = to === undefined ? new Date() : moment(to, 'to')
  const until = to !== undefined && DAY.test(to) ? new Date(end.getTime() + DAY_MS) : end
  if (until <= start) throw new UsageError('The period ends before it begins.')
  return { from: start.toISOString(), to: until.toISOString() }
}

function moment(value: string, name: string): Date {
  const found = new Date(DAY.test(value) ? `${value}T00:00:00.000Z` : value)
  if (Number.isNaN(found.getTime()))
    throw new UsageError(`--${name} must be a day or a time, e.g. 2026-03-31 or 2026-03-31T12:00:00Z.`)
  return found
}
