import { madeId } from '@/db/promotion/made-id'
import { listMembers } from '@/db/queries/members'
import { listNhis } from '@/db/queries/nhis'
import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal } from '@/lib/act/refusal'
import type { NhiRow } from '@/lib/act/view/nhi'
import { profile } from '@/lib/nhi/command'
import { unmarked } from '@/lib/nhi/csv'
import type { Asked } from './door'
import { withoutSecrets } from './masked'
import { readList } from './nhi-list'

type Line = {
  line: number
  name: string
  action: 'create' | 'update' | 'unchanged' | 'error'
  errors: { field: string; sentence: string }[]
}
export type Imported = { rows: Line[]; create: number; update: number; errors: number }
type Ready = { line: number; input: Record<string, unknown>; existing: NhiRow | null }

/** What a list may correct of an identity that is registered already; owners change by hand-over only. */
const DESCRIBED = ['name', 'privilege', 'reach', 'criticality', 'domain', 'purpose'] as const
const COMPARED = ['name', 'privilege', 'criticality'] as const

/** Checks a list of identities, line by line, and registers them when it's to be applied. A line that doesn't fit is left out. */
export async function importNhis(
  asked: Asked,
  csv: string,
  apply: boolean,
  key: string,
): Promise<Imported | Refusal> {
  const list = readList(csv)
  if (isRefusal(list)) return list
  const { head, lines } = list
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
  const known = new Map(nhis.map((nhi) => [placeOf(nhi), nhi]))
  const rows: Line[] = []
  const refused = new Map<string, Refusal>()
  for (const { line, cells } of lines) {
    const read = readLine(line, head, cells, people, known)
    rows.push('input' in read ? await settle(asked, read, apply, `${key}-${read.line}`, refused) : read)
  }
  const count = (action: Line['action']) => rows.filter((row) => row.action === action).length
  return { rows, create: count('create'), update: count('update'), errors: count('error') }
}

/** The same account in production and in staging is two identities. */
function placeOf({
  system,
  environment,
  account,
}: { [Part in 'system' | 'environment' | 'account']?: string }) {
  return JSON.stringify([system, environment, account])
}

function readLine(
  line: number,
  head: readonly string[],
  cells: readonly string[],
  people: Map<string, string>,
  known: Map<string, NhiRow>,
): Line | Ready {
  const said = Object.fromEntries(
    head.map((name, at) => [name, unmarked(cells[at]?.trim() ?? '')]).filter(([, value]) => value !== ''),
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
  return { line, input, existing: known.get(placeOf(parsed.data ?? {})) ?? null }
}

/** `refused`: what this list was refused already. A refusal is on the record, and a list of 2,000 lines puts it there once. */
async function settle(
  asked: Asked,
  { line, input, existing }: Ready,
  apply: boolean,
  key: string,
  refused: Map<string, Refusal>,
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
  const about = existing?.id ?? 'a new one'
  const outcome =
    refused.get(about) ??
    (await perform(doors, actor, { kind: 'nhi', key, input: await withoutSecrets(doors, typed), ...order }))
  if (isRefusal(outcome) && outcome.code === 'forbidden') refused.set(about, outcome)
  return isRefusal(outcome)
    ? { ...row, action: 'error', errors: [{ field: outcome.field ?? '', sentence: outcome.sentence }] }
    : row
}
