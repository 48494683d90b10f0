import type { z } from 'zod'
import { profile } from './command'
import { type CsvRow, readCsv, unmarked } from './csv'
import type { NhiProfile } from './event'
import { ACTING, PAST } from './owners'

/** The columns of an import, in any order; those with `?` may be missing or empty. Owners are named by their e-mail address. */
export const COLUMNS = {
  name: 'What people call it.',
  kind: 'service-account, api-key, oauth-app, workload, bot, ai-agent or executor.',
  system: 'Where it lives, e.g. orders.',
  account: 'Its name there, e.g. svc_orders.',
  environment: 'production, staging or development.',
  privilege: 'read, write, admin or tier-0.',
  reach: 'What that lets it reach, in words.',
  criticality: 'low, moderate, high or tier-0.',
  domain: 'The data domain it belongs to.',
  purpose: 'What it is for.',
  'owner?': "The accountable owner's e-mail address.",
  'backup_owner?': "The backup owner's e-mail address.",
  'created_on?': 'YYYY-MM-DD.',
  'last_used_on?': 'YYYY-MM-DD.',
  'last_rotated_on?': 'YYYY-MM-DD.',
  'expires_on?': 'YYYY-MM-DD.',
  'review_days?': 'How often it is reviewed, in days; 90 when left out.',
} as const

const NAMES = Object.keys(COLUMNS).map((name) => name.replace('?', ''))
const NEEDED = Object.keys(COLUMNS).filter((name) => !name.endsWith('?'))
const PEOPLE = ['owner', 'backup_owner']

export const MOST_ROWS = 5_000
/** Characters of the whole file. */
const MOST_CHARACTERS = 5_000_000

export type ImportError = { line: number; column: string | null; sentence: string }
export type ImportRow = { line: number; profile: NhiProfile }
/** What an import would do. It is done only when there are no errors; rows that are registered already are skipped. */
export type ImportPreview = {
  rows: ImportRow[]
  skipped: { line: number; sentence: string }[]
  errors: ImportError[]
}

export type Known = {
  /** Active members only. */
  readonly members: readonly { readonly id: string; readonly email: string }[]
  readonly nhis: readonly Pick<NhiProfile, 'system' | 'environment' | 'account'>[]
  /** `YYYY-MM-DD`, UTC: nothing happened after it. */
  readonly today: string
}

/** Reads a CSV of identities and says, row by row and column by column, what would come of it. Changes nothing. */
export function previewImport(text: string, known: Known): ImportPreview {
  if (text.length > MOST_CHARACTERS)
    return failed(1, `The file is longer than ${MOST_CHARACTERS} characters: split it.`)
  const { rows, problem } = readCsv(text)
  if (problem) return failed(problem.line, problem.sentence)
  const [header, ...lines] = rows
  const names = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  const errors = headerErrors(names)
  if (errors.length) return { rows: [], skipped: [], errors }
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  if (!filled.length) return failed(1, 'There is no row below the header.')
  const past = filled[MOST_ROWS]
  if (past) return failed(past.line, `There are more than ${MOST_ROWS} rows: split the file.`)
  return readRows(filled, names, known)
}

function failed(line: number, sentence: string): ImportPreview {
  return { rows: [], skipped: [], errors: [{ line, column: null, sentence }] }
}

function headerErrors(names: readonly string[]): ImportError[] {
  const error = (column: string, sentence: string): ImportError => ({ line: 1, column, sentence })
  const missing = NEEDED.filter((name) => !names.includes(name))
  const unknown = names.filter((name) => !NAMES.includes(name))
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  return [
    ...missing.map((name) => error(name, `The column "${name}" is missing.`)),
    ...unknown.map((name) =>
      error(name, `There is no column "${name.slice(0, 100)}"; the columns are ${NAMES.join(', ')}.`),
    ),
    ...twice.map((name) => error(name, `The column "${name}" is there twice.`)),
  ]
}

function readRows(lines: readonly CsvRow[], names: readonly string[], known: Known): ImportPreview {
  const preview: ImportPreview = { rows: [], skipped: [], errors: [] }
  const members = new Map(known.members.map(({ id, email }) => [email.toLowerCase(), id]))
  const registered = new Set(known.nhis.map(place))
  const seen = new Map<string, number>()
  for (const row of lines) {
    const read = readRow(row, names, members, known.today)
    if (Array.isArray(read)) {
      preview.errors.push(...read)
      continue
    }
    const where = place(read)
    const before = seen.get(where)
    if (before !== undefined) {
      preview.errors.push({
        line: row.line,
        column: 'account',
        sentence: `Line ${before} is about ${read.account} in ${read.system}, ${read.environment}, too.`,
      })
    } else if (registered.has(where)) {
      preview.skipped.push({
        line: row.line,
        sentence: `${read.account} in ${read.system}, ${read.environment}, is registered already.`,
      })
    } else preview.rows.push({ line: row.line, profile: read })
    seen.set(where, before ?? row.line)
  }
  return preview
}

function place({ system, environment, account }: Known['nhis'][number]): string {
  return JSON.stringify([system, environment, account])
}

type Members = ReadonlyMap<string, string>

function readRow(
  { line, cells }: CsvRow,
  names: readonly string[],
  members: Members,
  today: string,
): NhiProfile | ImportError[] {
  if (cells.length !== names.length) {
    return [
      { line, column: null, sentence: `It has ${cells.length} cells where the header has ${names.length}.` },
    ]
  }
  const errors: ImportError[] = []
  const fields: Record<string, unknown> = { owner: null }
  for (const [index, column] of names.entries()) {
    const cell = unmarked((cells[index] ?? '').trim())
    const value = cellOf(column, cell, members)
    if (value === undefined)
      errors.push({
        line,
        column,
        sentence: `Nobody with the address "${cell.slice(0, 100)}" is an active member.`,
      })
    else if (cell !== '') fields[column] = value
  }
  const parsed = profile.safeParse(fields)
  if (!parsed.success) errors.push(...parsed.error.issues.map((issue) => problem(line, issue, fields)))
  if (errors.length || !parsed.success) return errors
  const wrong = contradiction(parsed.data, today)
  return wrong ? [{ line, ...wrong }] : parsed.data
}

function contradiction(profile: NhiProfile, today: string): Pick<ImportError, 'column' | 'sentence'> | null {
  const { kind, owner, backup_owner } = profile
  if (owner === null && ACTING.includes(kind))
    return { column: 'owner', sentence: `An identity of the kind "${kind}" needs an owner.` }
  if (owner !== null && owner === backup_owner)
    return { column: 'backup_owner', sentence: 'The backup owner is the owner.' }
  const column = PAST.find((name) => (profile[name] ?? '') > today)
  return column ? { column, sentence: 'This day lies in the future.' } : null
}

/** Undefined for a person whom nobody knows. */
function cellOf(column: string, cell: string, members: Members): string | number | undefined {
  if (PEOPLE.includes(column)) return cell === '' ? '' : members.get(cell.toLowerCase())
  return column === 'review_days' && /^[0-9]{1,6}$/.test(cell) ? Number(cell) : cell
}

function problem(
  line: number,
  issue: z.core.$ZodIssue,
  fields: Readonly<Record<string, unknown>>,
): ImportError {
  const column = String(issue.path[0] ?? '') || null
  if (column !== null && fields[column] === undefined)
    return { line, column, sentence: 'This cell must not be empty.' }
  if (issue.code === 'invalid_value')
    return { line, column, sentence: `Must be one of ${issue.values.join(', ')}.` }
  return { line, column, sentence: `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}.` }
}
