import { type ApprovalStatement, actionDigest, parseStatement, statementDigest } from '../approval'
import { orNull } from '../malformed'
import { checkPasskey } from './approval-passkey'
import { checkSignIn } from './approval-sign-in'
import type { Context } from './context'
import type { ApprovalFact, Facts, RequestFact } from './facts'
import { signed } from './heads'
import { readBytes } from './reader'
import { untold } from './redactions'
import type { Registry } from './registry'

/**
 * Who approved what, and who let what run without: each for exactly the action that was requested, by somebody entitled. Answers with those
 * in which nothing is wrong.
 */
export async function checkApprovals(
  context: Context,
  facts: Facts,
  registry: Registry,
): Promise<ReadonlySet<ApprovalFact>> {
  checkActions(context, facts)
  const good = new Set<ApprovalFact>()
  for (const approval of [...facts.approvals, ...facts.emergencies]) {
    const before = context.report.failures()
    await checkApproval(context, facts, registry, approval)
    if (context.report.failures() === before) good.add(approval)
  }
  checkUnrecorded(context, facts)
  return good
}

/** Each asks for a number of people, and is about the action of its digest: action_digest = "sha256:" || hex(SHA-256(JCS(action))), RFC 8785. */
function checkActions({ report }: Context, { requests }: Facts): void {
  for (const { action, actionDigest: claimed, quorum, where } of requests) {
    if (quorum === null)
      report.add('event.malformed', 'The request does not say how many people have to approve it.', where)
    if (action !== undefined && actionDigest(action) === claimed) continue
    report.add('action.digest_mismatch', "The action's digest is not the digest of the action.", where)
  }
}

async function checkApproval(
  context: Context,
  facts: Facts,
  registry: Registry,
  approval: ApprovalFact,
): Promise<void> {
  const { reader, report } = context
  const { where } = approval
  const path = `${approval.folder}statement.json`
  const bytes = await readBytes(reader, path)
  if (bytes === null) {
    report.add(
      'approval.statement_missing',
      `What ${approval.approver} decided on, ${path}, is not there.`,
      where,
    )
    return
  }
  const statement = orNull(() => parseStatement(bytes))
  if (statementDigest(bytes) !== approval.statementDigest || statement === null) {
    report.add(
      'approval.statement_altered',
      `${path} is not the statement that ${approval.approver} decided on.`,
      where,
    )
    return
  }
  checkStatement(context, facts, approval, statement)
  if (approval.method === 'webauthn') return checkPasskey(context, registry, approval, statement, bytes)
  if (approval.method === 'oidc-nonce')
    return checkSignIn(context, facts, registry, approval, statement, bytes)
  const method = approval.method ?? 'an unknown method'
  report.add(
    'approval.weaker_method',
    `${approval.approver} decided by ${method}, not with a passkey: only the operator vouches for it.`,
    where,
  )
}

function checkStatement(
  context: Context,
  facts: Facts,
  approval: ApprovalFact,
  statement: ApprovalStatement,
): void {
  const { report } = context
  const { where, at } = approval
  const request = currentRequest(facts, approval)
  if (!request) {
    report.add(
      'approval.request_not_shown',
      'The request that this approval is for is not in the bundle.',
      where,
    )
  } else {
    for (const [field, expected] of expectedFields(approval, request)) {
      if (statement[field] === expected) continue
      report.add('approval.statement_mismatch', `The statement's ${field} is not the one on record.`, where)
    }
    checkSeparation(context, approval, request, facts)
  }
  const lacking = lacks(approval, request)
  if (lacking) report.add('approval.too_weak', `This took ${lacking}, and has none.`, where)
  if (statement.exp < at || statement.iat > later(at)) {
    report.add(
      'approval.out_of_time',
      `The statement was good from ${statement.iat} to ${statement.exp}.`,
      where,
    )
  }
  const head = facts.seen.get(statement.head)
  if (head?.case === approval.case && head.seq < approval.seq) return
  report.add(
    'approval.head_unknown',
    'The event that the approver saw is not an earlier event of this case.',
    where,
  )
}

/** What it took and hasn't. A no takes nothing; an emergency always a passkey. */
function lacks({ decision, method }: ApprovalFact, request: RequestFact | undefined): string | null {
  if (method === 'webauthn' || (decision !== 'approve' && decision !== 'break-glass')) return null
  if (decision === 'break-glass' || request?.assurance === 'passkey') return 'a passkey’s signature'
  const isVouched = method === 'oidc-nonce' || request?.assurance !== 'vouched'
  return isVouched ? null : 'a passkey’s signature, or a sign-in for exactly this'
}

// The approver's page and the database may differ by a little.
function later(at: string): string {
  return new Date(Date.parse(at) + 5_000).toISOString()
}

/** The request as it stood when the decision was made. */
export function currentRequest(
  facts: Facts,
  decided: { request: string | null; case: string; seq: number },
): RequestFact | undefined {
  return facts.requests.findLast(
    ({ request, case: stream, seq }) =>
      request === decided.request && stream === decided.case && seq < decided.seq,
  )
}

function expectedFields(
  approval: ApprovalFact,
  request: RequestFact,
): [keyof ApprovalStatement, string | number | null][] {
  return [
    ['approver', approval.approver],
    ['case', approval.case],
    ['decision', approval.decision],
    ['request', request.request],
    ['revision', request.revision],
    ['requester', request.requester],
    ['executor', request.executor],
    ['action_digest', request.actionDigest],
  ]
}

/** Requester, approver and executor are different people; whoever owns the executor is its person. In an emergency one may run what one asked for. */
function checkSeparation(
  { report }: Context,
  approval: ApprovalFact,
  request: RequestFact,
  { executed }: Facts,
): void {
  const { approver, decision, where } = approval
  if (decision !== 'approve' && decision !== 'break-glass') return
  if (decision === 'approve' && [request.requester, request.accountable].includes(approver)) {
    report.add('approval.by_requester', `${approver} approved what they had asked for themselves.`, where)
  }
  if (approver === request.executor)
    report.add('approval.by_executor', `${approver} let run what they executed.`, where)
  const owners = executed
    .filter((fact) => fact.request === request.request)
    .flatMap((fact) => [fact.executorOwner, fact.actor.owner])
  if ([request.executorOwner, ...owners].includes(approver)) {
    report.add('approval.by_executor_owner', `${approver} owns the executor of what they let run.`, where)
  }
}

function checkUnrecorded({ reader, report }: Context, facts: Facts): void {
  const all = [...facts.approvals, ...facts.emergencies]
  const recorded = new Set(all.map(({ folder }) => folder))
  for (const { path } of signed(reader)) {
    if (recorded.has(path.slice(0, path.lastIndexOf('/') + 1))) continue
    const sentence = `${path} belongs to no decision on record.`
    if (facts.erased.length > 0) untold(report, sentence, { file: path })
    else report.add('approval.unrecorded', sentence, { file: path })
  }
}
