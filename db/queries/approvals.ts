import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { requestOffers } from '@/lib/act/offer'
import { statementFor } from '@/lib/act/statement'
import type { ApprovalRow, StatementView } from '@/lib/act/view/action'
import type { StatementDecision } from '@/lib/action/bound'
import { type Case, requestOf } from '@/lib/case/case'
import type { Actor } from '@/lib/identity/actor'
import { statementBytes } from '@/lib/record/approval'
import { fromUtf8 } from '@/lib/record/bytes'
import { rpIdOf } from '@/lib/registry/passkeys'
import type { Reader, Reading } from '../reading'
import { caseFile, caseRequest, stream } from '../schema'
import { actionView, shortCode } from './action-view'
import { askable } from './askable'
import { backupOf, backups } from './backups'
import { caseColumns, caseRow } from './case-rows'
import { awaitsOf, coveredFor } from './covered'
import { momentOf, type Rules } from './moment'
import { namesFor } from './names'
import { ownPasskeys } from './passkeys'

const MOST = 100

/** Actions that wait for a decision, the oldest first, each saying whether this viewer can give it and why not. */
export function approvalsFor(reader: Reader, viewer: Actor, rules: Rules): Promise<ApprovalRow[]> {
  return reader.read(viewer, async (reading) => {
    const waiting = await reading
      .select({ request: caseRequest.request, case: caseRequest.case })
      .from(caseRequest)
      .where(
        and(
          eq(caseRequest.org, viewer.org),
          caseRequest.open,
          inArray(caseRequest.phase, ['awaiting-approval', 'planning']),
        ),
      )
      .orderBy(asc(caseRequest.requestedAt))
      .limit(MOST)
    const rows: ApprovalRow[] = []
    for (const each of waiting) {
      const row = await approvalRow(reading, viewer, rules, each.case, each.request)
      if (row) rows.push(row)
    }
    return rows
  })
}

/** A request as its approvers and reviewers see it. */
export async function approvalRow(
  reading: Reading,
  viewer: Actor,
  rules: Rules,
  id: string,
  requestId: string,
): Promise<ApprovalRow | null> {
  const moment = await momentOf(reading, viewer, id, rules)
  if (!moment) return null
  const state = moment.state as Case
  const request = requestOf(state, requestId)
  const [columns] = await reading
    .select(caseColumns)
    .from(caseFile)
    .where(and(eq(caseFile.org, viewer.org), eq(caseFile.id, id)))
  if (!request || !columns) return null
  const approvers = await askable(reading, viewer.org, state)
  const names = await namesFor(reading, [
    ...state.people,
    ...state.nhis,
    ...approvers,
    ...backups(moment.facts, state),
  ])
  const offers = requestOffers({ ...moment, state }, request)
  const covered = await coveredFor(reading, viewer.org, state)
  const awaits = covered && awaitsOf(request, covered, moment.now)
  const approve = offers.find((each) => each.command === 'approveAction')
  const mine = approve?.open === true || approve?.code === 'assurance_required'
  return {
    case: caseRow(columns, names),
    action: actionView(request, names, approvers, backupOf(moment.facts, request), offers, awaits),
    mine,
    reason: approve?.reason ?? '',
  }
}

/** The statement that this viewer would put their name to now, with its exact bytes; null when there is no such request. */
export function statementView(
  reader: Reader,
  viewer: Actor,
  rules: Rules,
  id: string,
  requestId: string,
  decision: StatementDecision,
  nonce: string,
): Promise<Omit<StatementView, 'provider'> | null> {
  return reader.read(viewer, async (reading) => {
    const moment = await momentOf(reading, viewer, id, rules)
    const row = await approvalRow(reading, viewer, rules, id, requestId)
    const state = moment?.state as Case | undefined
    const request = state && requestOf(state, requestId)
    if (!moment || !row || !request) return null
    const bytes = statementBytes(
      statementFor({ ...moment, state }, request, decision, nonce, moment.head ?? ''),
    )
    return {
      statement: fromUtf8(bytes),
      rp_id: rpIdOf(rules.origin),
      origin: rules.origin,
      passkeys: await ownPasskeys(reading, viewer, rules.origin),
      digest: request.digest,
      short_code: shortCode(request.digest),
      action: row.action,
      case: row.case,
    }
  })
}

export type Work =
  | { kind: 'plan'; case: string; request: string; revision: number; action: unknown }
  | { kind: 'execute' | 'probe'; case: string; request: string; action: unknown }

/** What an executor has to do now: plans, executions that were started, probes that were asked for. */
export function executorWork(reader: Reader, viewer: Actor): Promise<Work[]> {
  return reader.read(viewer, async (reading) => {
    const rows = await reading
      .select({ request: caseRequest.request, case: caseRequest.case, state: stream.state })
      .from(caseRequest)
      .innerJoin(stream, and(eq(stream.org, caseRequest.org), eq(stream.stream, caseRequest.case)))
      .where(
        and(
          eq(caseRequest.org, viewer.org),
          eq(caseRequest.executor, viewer.id),
          sql`(${caseRequest.phase} in ('planning', 'started', 'warranted') or ${caseRequest.probing})`,
        ),
      )
      .orderBy(asc(caseRequest.requestedAt))
      .limit(MOST)
    return rows.flatMap((row) => workOf(row.state as Case, row.request))
  })
}

function workOf(state: Case, id: string): Work[] {
  const request = requestOf(state, id)
  if (!request) return []
  const { action, revision } = request
  const about = { case: state.id, request: id, action }
  if (request.phase === 'planning') return [{ kind: 'plan', ...about, revision }]
  if (request.phase === 'started' || request.phase === 'warranted') return [{ kind: 'execute', ...about }]
  return request.probing ? [{ kind: 'probe', ...about }] : []
}
