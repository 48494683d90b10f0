import { isOpen, type Request } from '@/lib/action/action'
import type { Case } from '@/lib/case/case'
import { peopleTold } from '@/lib/case/late'

/** Rows as `write_rows` takes them; a key that is absent stands for "unchanged". */
export type Rows = Record<string, unknown>

/** What lists read of a case: everything follows from its state. With `before`, only what has changed. */
export function caseRows(org: string, state: Case, version: number, at: string, before: Case | null): Rows {
  const same = (field: keyof Case) => before !== null && before[field] === state[field]
  const open = state.stage !== 'closed'
  const opened = before === null || (before.stage !== 'closed') === open
  const rows: Rows = { case_file: file(org, state, version, at) }
  if (!same('title') || !same('snapshots') || !same('linked') || !opened) rows.words = wordsOf(state)
  if (!same('linked') || !opened)
    rows.case_nhi = state.linked.map((link) => ({ org, case: state.id, nhi: link.nhi, open }))
  const keys = before
    ? state.message_keys.filter((key) => !before.message_keys.includes(key))
    : state.message_keys
  if (keys.length) rows.case_message = keys.map((key) => ({ org, key, case: state.id }))
  if ((!same('snapshots') || !opened) && hasSecrets(state))
    rows.case_secret = open ? secretRows(org, state) : []
  const requests = before
    ? state.requests.filter((request) => !before.requests.includes(request))
    : state.requests
  if (requests.length) rows.case_request = requests.map((request) => requestRow(org, state, request))
  const told = peopleTold(state)
  if (before === null ? told.length : told.join() !== peopleTold(before).join())
    rows.case_told = told.map((person) => ({ org, case: state.id, person }))
  const there = state.evidence.filter((each) => each.sha256 !== '')
  const evidence = before ? there.filter((each) => !before.evidence.includes(each)) : there
  if (evidence.length) {
    rows.evidence = evidence.map(({ sha256, bytes, kind, media_type, name }) => ({
      org,
      case: state.id,
      sha256,
      bytes,
      kind,
      media_type,
      name,
    }))
  }
  return rows
}

function file(org: string, state: Case, version: number, at: string): Rows {
  return {
    org,
    id: state.id,
    number: state.number,
    title: state.title,
    stage: state.stage,
    severity: state.severity,
    category: state.category,
    disposition: state.disposition,
    assignee: state.assignee,
    accepted: state.accepted,
    trust: state.vouched ? 'vouched' : (state.snapshots[0]?.trust ?? null),
    due: state.due,
    opened_at: state.opened_at,
    stage_at: state.stage_at,
    changed_at: at,
    version,
    open: state.stage !== 'closed',
    confirmed_at: state.confirmation?.at ?? null,
  }
}

/** What a full-text search finds a case by. */
function wordsOf(state: Case): string {
  const said = state.snapshots.flatMap((snapshot) =>
    snapshot.messages.flatMap((message) => [message.author, message.text]),
  )
  return [
    `${state.number}`,
    state.title,
    state.reporter_name,
    ...state.linked.map((link) => link.name),
    ...said,
  ].join('\n')
}

function hasSecrets(state: Case): boolean {
  return state.snapshots.some((snapshot) => snapshot.secrets.length > 0)
}

function secretRows(org: string, state: Case): Rows[] {
  const fingerprints = new Set(
    state.snapshots.flatMap((snapshot) => snapshot.secrets.map((secret) => secret.fingerprint)),
  )
  return [...fingerprints].map((fingerprint) => ({ org, fingerprint, case: state.id }))
}

function requestRow(org: string, state: Case, request: Request): Rows {
  return {
    org,
    request: request.id,
    case: state.id,
    phase: request.phase,
    executor: request.action.executor,
    requester: request.requester_accountable,
    target_owner: request.target_owner,
    asks_owner: request.quorum.owner,
    probing: request.probing,
    open: isOpen(request),
    requested_at: request.requested_at,
  }
}
