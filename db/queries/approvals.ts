import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { statementFor } from '@/lib/act/statement'
import type { ApprovalRow, StatementView } from '@/lib/act/view/action'
import type { StatementDecision } from '@/lib/action/bound'
import { type Case, requestOf } from '@/lib/case/case'
import type { Actor } from '@/lib/identity/actor'
import { statementBytes } from '@/lib/record/approval'
import { fromUtf8 } from '@/lib/record/bytes'
import { rpIdOf } from '@/lib/registry/passkeys'
import type { Reader } from '../reading'
import { caseRequest, stream } from '../schema'
import { actionView, shortCode } from './action-view'
import { rowOf } from './case-rows'
import type { Rules } from './moment'
import { type Opened, openCases } from './opened'
import { ownPasskeys } from './passkeys'

const MOST = 100

/** Actions that wait for a decision, the oldest first. */
function waitingFor(reader: Reader, viewer: Actor): Promise<{ request: string; case: string }[]> {
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
    return [...waiting]
  })
}

/** Actions that wait for a decision, the oldest first, each saying whether this viewer can give it and why not. */
export async function approvalsFor(reader: Reader, viewer: Actor, rules: Rules): Promise<ApprovalRow[]> {
  const waiting = await waitingFor(reader, viewer)
  const ids = [...new Set(waiting.map((each) => each.case))]
  const cases = new Map(
    (await openCases(reader, viewer, rules, ids, 0)).map((opened) => [opened.moment.stream, opened]),
  )
  return waiting.flatMap((each) => {
    const opened = cases.get(each.case)
    return (opened && approvalRow(opened, each.request)) ?? []
  })
}

/** A request as its approvers and reviewers see it; null when the case has none of this id. */
export function approvalRow(opened: Opened, id: string): ApprovalRow | null {
  const request = requestOf(opened.moment.state, id)
  if (!request) return null
  const action = actionView(opened, request)
  const approve = action.offers.find((each) => each.command === 'approveAction')
  const mine = approve?.open === true || approve?.code === 'assurance_required'
  return { case: rowOf(opened), action, mine, reason: approve?.reason ?? '' }
}

/** The statement that this viewer would put their name to now, with its exact bytes; null when there is no such request. */
export async function statementView(
  reader: Reader,
  viewer: Actor,
  rules: Rules,
  id: string,
  requestId: string,
  decision: StatementDecision,
  nonce: string,
): Promise<Omit<StatementView, 'provider'> | null> {
  const [opened] = await openCases(reader, viewer, rules, [id], 0)
  const row = opened && approvalRow(opened, requestId)
  const request = opened && requestOf(opened.moment.state, requestId)
  if (!row || !request) return null
  const { moment } = opened
  const bytes = statementBytes(statementFor(moment, request, decision, nonce, moment.head ?? ''))
  return {
    statement: fromUtf8(bytes),
    rp_id: rpIdOf(rules.origin),
    origin: rules.origin,
    passkeys: await reader.read(viewer, (reading) => ownPasskeys(reading, viewer, rules.origin)),
    digest: request.digest,
    short_code: shortCode(request.digest),
    action: row.action,
    case: row.case,
  }
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
