import { sha256Hex } from '../digest'
import { findKey, type JsonWebKeySet } from '../jwks'
import { samePublicKey } from '../public-key'
import { MAX_WARRANT_SECONDS, openWarrant } from '../warrant'
import type { WarrantClaims } from '../warrant-claims'
import { currentRequest } from './approvals'
import type { Context } from './context'
import { type ApprovalFact, type Facts, hasErased, type RequestFact, type WarrantFact } from './facts'
import { keySet } from './fields'
import { below, readAnyText } from './reader'
import { untold } from './redactions'
import type { Registry } from './registry'
import { checkUse } from './warrant-use'

export const WARRANTS = 'data/warrants/'

/** The authority under which each action ran: signed, for exactly that action, after enough approvals, used once. */
export async function checkWarrants(
  context: Context,
  facts: Facts,
  registry: Registry,
  good: ReadonlySet<ApprovalFact>,
): Promise<void> {
  const jwks = await readJwks(context)
  const claims = new Map<string, WarrantClaims>()
  for (const issued of facts.issued) {
    const opened = await checkIssued(context, facts, registry, jwks, issued)
    if (opened) claims.set(issued.jti, opened)
    checkQuorum(context, facts, issued, good)
  }
  checkUse(context, facts, claims)
  checkUnrecorded(context, facts)
}

async function readJwks({ reader }: Context): Promise<JsonWebKeySet> {
  return keySet((await readAnyText(reader, `${WARRANTS}jwks.json`)) ?? '')
}

/** White space behind it doesn't belong to it. */
async function readJwt({ reader }: Context, jti: string): Promise<string | null> {
  const text = await readAnyText(reader, `${WARRANTS}${jti}.jwt`)
  return text?.replace(/[ \t\r\n]+$/, '') ?? null
}

async function checkIssued(
  context: Context,
  facts: Facts,
  registry: Registry,
  jwks: JsonWebKeySet,
  issued: WarrantFact,
): Promise<WarrantClaims | null> {
  const { report } = context
  const { jti, where, digest, index } = issued
  const jwt = await readJwt(context, jti)
  if (jwt === null) {
    report.add('warrant.missing', `The warrant ${jti} is not there.`, where)
    return null
  }
  if (sha256Hex(jwt) !== digest) {
    report.add('warrant.altered', `${jti}.jwt is not the warrant that was issued.`, where)
  }
  const opened = openWarrant(jwt, jwks)
  if ('refused' in opened) {
    report.add(
      `warrant.${opened.refused}`,
      `The warrant ${jti} doesn't stand: ${opened.refused.replaceAll('_', ' ')}.`,
      where,
    )
    return null
  }
  const { header, claims } = opened.warrant
  const [key, published] = [findKey(jwks, header.kid), registry.warrantKeys.get(header.kid)]
  const isEarlier = published !== undefined && (index === null || published.index < index)
  if (!key || !published?.key || !isEarlier || !samePublicKey(key, published.key)) {
    report.add(
      'warrant.key_not_published',
      `The key ${header.kid} was not on the record when ${jti} was issued.`,
      where,
    )
  }
  if (index !== null && (registry.retired.get(header.kid) ?? index) < index) {
    const sentence = `The key ${header.kid} had been retired when ${jti} was issued.`
    report.add('warrant.key_retired', sentence, where)
  }
  for (const name of mismatches(issued, claims, currentRequest(facts, issued), facts)) {
    const sentence = `The warrant's ${name} is not what is on record.`
    if (name === 'approvals' && hasErased(facts, issued.case)) untold(report, sentence, where)
    else report.add('warrant.mismatch', sentence, where)
  }
  return claims
}

/** The names of claims that contradict the record. */
function mismatches(
  issued: WarrantFact,
  claims: WarrantClaims,
  request: RequestFact | undefined,
  facts: Facts,
): string[] {
  const [authority] = claims.authorization_details
  const seconds = Date.parse(issued.at) / 1000
  const expected: [string, boolean][] = [
    ['jti', claims.jti === issued.jti],
    ['case', claims.case === issued.case],
    ['txn', claims.txn === issued.request],
    ['iat', Math.abs(claims.iat - seconds) <= 60],
    ['exp', claims.exp - Math.min(claims.iat, claims.nbf) <= MAX_WARRANT_SECONDS],
    ['action_digest', !request || authority.action_digest === request.actionDigest],
    ['act', !request || claims.act.sub === request.executor],
    ['sub', !request || [request.requester, request.accountable].includes(claims.sub)],
    ['approvals', claims.approvals.every(({ id, sub }) => isApproved(facts, issued, request, id, sub))],
  ]
  return expected.filter(([, isRight]) => !isRight).map(([name]) => name)
}

/** Whether this person's approval of this very revision is on record before the warrant. */
function isApproved(
  facts: Facts,
  issued: WarrantFact,
  request: RequestFact | undefined,
  id: string,
  person: string,
): boolean {
  return facts.approvals.some(
    (fact) =>
      fact.approval === id &&
      fact.approver === person &&
      fact.decision === 'approve' &&
      isBefore(fact, issued, request),
  )
}

/** Whether this decision is about the warrant's request as it stood, and from before it. */
function isBefore(fact: ApprovalFact, issued: WarrantFact, request: RequestFact | undefined): boolean {
  return (
    fact.request === issued.request &&
    fact.case === issued.case &&
    fact.seq < issued.seq &&
    fact.seq > (request?.seq ?? -1)
  )
}

/** As many different people as were asked for, with approvals that stand; or an emergency that stands in for them. */
function checkQuorum(
  { report }: Context,
  facts: Facts,
  issued: WarrantFact,
  good: ReadonlySet<ApprovalFact>,
): void {
  const request = currentRequest(facts, issued)
  if (!request) return
  const people = new Set(
    facts.approvals
      .filter((fact) => good.has(fact) && isApproved(facts, issued, request, fact.approval, fact.approver))
      .map(({ approver }) => approver),
  )
  if (people.size >= (request.quorum ?? Number.POSITIVE_INFINITY)) return
  const emergency = facts.emergencies.find(
    (fact) => good.has(fact) && isBefore(fact, issued, request) && issued.at <= fact.until,
  )
  if (emergency) {
    report.add(
      'warrant.break_glass',
      `${issued.jti} was issued in an emergency, before its approvals: ${emergency.approver} answers for it.`,
      issued.where,
    )
  } else {
    const sentence = `${issued.jti} was issued after ${people.size} of ${request.quorum ?? 'untold'} approvals.`
    if (hasErased(facts, issued.case)) untold(report, sentence, issued.where)
    else report.add('warrant.quorum_not_met', sentence, issued.where)
  }
}

function checkUnrecorded({ reader, report }: Context, facts: Facts): void {
  const issued = new Set(facts.issued.map(({ jti }) => `${jti}.jwt`))
  for (const { path, name } of below(reader, WARRANTS)) {
    if (name === 'jwks.json' || issued.has(name)) continue
    const sentence = `${path} was never issued on the record.`
    if (facts.erased.length > 0) untold(report, sentence, { file: path })
    else report.add('warrant.unrecorded', sentence, { file: path })
  }
}
