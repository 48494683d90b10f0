import { madeId } from '@/db/promotion/made-id'
import { listMembers } from '@/db/queries/members'
import { listNhis } from '@/db/queries/nhis'
import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import type { NhiRow } from '@/lib/act/view/nhi'
import { profile } from '@/lib/nhi/command'
import { readCsv } from './csv'
import type { Asked } from './door'
import { withoutSecrets } from './masked'

type Line = {
  line: number
  name: string
  action: 'create' | 'update' | 'unchanged' | 'error'
  errors: { field: string; sentence: string }[]
}
export type Imported = { rows: Line[]; create: number; update: number; errors: number }
type Ready = { line: number; input: Record<string, unknown>; existing: NhiRow | null }

const MOST_LINES = 2_000
/** What a list may correct of an identity that is registered already; owners change by hand-over only. */
const DESCRIBED = ['name', 'environment', 'privilege', 'reach', 'criticality', 'domain', 'purpose'] as const
const COMPARED = ['name', 'environment', 'privilege', 'criticality'] as const

/** Checks a list of identities, line by line, and registers them when it's to be applied. A line that doesn't fit is left out. */
export async function importNhis(
  asked: Asked,
  csv: string,
  apply: boolean,
  key: string,
): Promise<Imported | Refusal> {
  const [head, ...lines] = readCsv(csv) ?? []
  if (!head?.includes('name') || !head.includes('account'))
    return refuse(
      'invalid',
      'The first line must name the columns, "name", "system" and "account" among them.',
      'See the example on the import page.',
    )
  if (lines.length > MOST_LINES)
    return refuse('too_large', `At most ${MOST_LINES} lines at once.`, 'Split the list.')
  const [members, nhis] = await Promise.all([
    listMembers(asked.doors.reader, asked.actor),
    listNhis(asked.doors.reader, asked.actor, {}, new Date().toISOString()),
  ])
  const people = new Map(
    members.flatMap(
      (member) =>
        [
          [member.email.toLowerCase(), member.id],
          [member.id, member.id],
        ] as [string, string][],
    ),
  )
  const known = new Map(nhis.map((nhi) => [`${nhi.system}\n${nhi.account}`, nhi]))
  const rows: Line[] = []
  for (const [index, cells] of lines.entries()) {
    const read = readLine(index + 2, head, cells, people, known)
    rows.push('input' in read ? await settle(asked, read, apply, `${key}-${read.line}`) : read)
  }
  const count = (action: Line['action']) => rows.filter((row) => row.action === action).length
  return { rows, create: count('create'), update: count('update'), errors: count('error') }
}

function readLine(
  line: number,
  head: string[],
  cells: string[],
  people: Map<string, string>,
  known: Map<string, NhiRow>,
): Line | Ready {
  const said = Object.fromEntries(
    head.map((name, at) => [name.trim(), cells[at]?.trim() ?? '']).filter(([, value]) => value !== ''),
  )
  const errors: Line['errors'] = []
  for (const field of ['owner', 'backup_owner']) {
    if (!said[field]) continue
    const member = people.get(said[field].toLowerCase())
    if (member) said[field] = member
    else errors.push({ field, sentence: 'Nobody here has this address.' })
  }
  const input: Record<string, unknown> = {
    owner: null,
    ...said,
    ...(said.review_days ? { review_days: Number(said.review_days) } : {}),
  }
  const parsed = profile.safeParse(input)
  for (const issue of parsed.error?.issues ?? [])
    errors.push({
      field: issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : ''),
      sentence: issue.message,
    })
  if (errors.length) return { line, name: said.name ?? '', action: 'error', errors }
  return { line, input, existing: known.get(`${said.system}\n${said.account}`) ?? null }
}

async function settle(
  asked: Asked,
  { line, input, existing }: Ready,
  apply: boolean,
  key: string,
): Promise<Line> {
  const { doors, actor } = asked
  const changes = existing && COMPARED.some((field) => input[field] !== existing[field])
  const action = existing ? (changes ? 'update' : 'unchanged') : 'create'
  const row: Line = { line, name: String(input.name), action, errors: [] }
  if (!apply || action === 'unchanged') return row
  const described = Object.fromEntries(DESCRIBED.map((field) => [field, input[field]]))
  const { input: typed, ...order } = existing
    ? ({ stream: existing.id, command: 'describeNhi', input: described } as const)
    : ({ stream: madeId('nhi', actor, key), command: 'registerNhi', input } as const)
  const masked = await withoutSecrets(doors, typed)
  const outcome = await perform(doors, actor, { kind: 'nhi', key, input: masked, ...order })
  return isRefusal(outcome)
    ? { ...row, action: 'error', errors: [{ field: outcome.field ?? '', sentence: outcome.sentence }] }
    : row
}
