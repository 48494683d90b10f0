import type { WarrantClaims } from '../warrant-claims'
import type { Context } from './context'
import { type ExecutedFact, type Facts, hasErased, type WarrantFact } from './facts'
import { untold } from './redactions'

// An executor's clock and the database's may differ by a little.
const LEEWAY_SECONDS = 5

/** Issued once, redeemed at most once and in time, never after it was revoked; nothing ran without one. */
export function checkUse(context: Context, facts: Facts, claims: ReadonlyMap<string, WarrantClaims>): void {
  for (const { jti, where } of repeated(facts.issued)) {
    context.report.add('warrant.issued_twice', `The warrant ${jti} was issued twice.`, where)
  }
  for (const { jti, where } of repeated(facts.redeemed)) {
    context.report.add('warrant.redeemed_twice', `The warrant ${jti} was redeemed twice.`, where)
  }
  for (const redeemed of facts.redeemed) checkRedeemed(context, facts, redeemed, claims.get(redeemed.jti))
  checkExecuted(context, facts)
}

function repeated(uses: readonly WarrantFact[]): readonly WarrantFact[] {
  const seen = new Set<string>()
  return uses.filter(({ jti }) => seen.size === seen.add(jti).size)
}

function checkRedeemed(
  { report }: Context,
  facts: Facts,
  redeemed: WarrantFact,
  claims: WarrantClaims | undefined,
): void {
  const { jti, where } = redeemed
  const isEarlier = (other: WarrantFact) =>
    other.jti === jti && other.case === redeemed.case && other.seq < redeemed.seq
  if (!facts.issued.some(isEarlier)) {
    const sentence = `The warrant ${jti} was redeemed but never issued.`
    if (hasErased(facts, redeemed.case)) untold(report, sentence, where)
    else report.add('warrant.not_issued', sentence, where)
  }
  if (facts.revoked.some(isEarlier)) {
    report.add(
      'warrant.redeemed_after_revocation',
      `The warrant ${jti} was redeemed after it had been revoked.`,
      where,
    )
  }
  const seconds = Date.parse(redeemed.at) / 1000
  if (claims && (seconds < claims.nbf - LEEWAY_SECONDS || seconds > claims.exp + LEEWAY_SECONDS)) {
    report.add('warrant.redeemed_out_of_time', `The warrant ${jti} was redeemed outside its lifetime.`, where)
  }
}

function checkExecuted({ report }: Context, facts: Facts): void {
  const finished = new Set<string>()
  for (const executed of facts.executed) {
    const { jti, outcome, case: stream, where } = executed
    if (!isAuthorised(facts, executed)) {
      const sentence = 'This action ran without a redeemed warrant of its own.'
      if (hasErased(facts, stream)) untold(report, sentence, where)
      else report.add('action.without_warrant', sentence, where)
    }
    // An unknown outcome may be settled later.
    if (jti !== null && finished.has(jti))
      report.add('action.executed_twice', `The warrant ${jti} ran twice.`, where)
    if (jti !== null && outcome !== 'unknown') finished.add(jti)
  }
}

/** A warrant was redeemed before, and it was issued for just this request. */
function isAuthorised(
  { issued, redeemed }: Facts,
  { jti, request, case: stream, seq }: ExecutedFact,
): boolean {
  const isEarlier = (other: WarrantFact) => other.jti === jti && other.case === stream && other.seq < seq
  return (
    redeemed.some(isEarlier) &&
    (!issued.some(isEarlier) || issued.some((other) => isEarlier(other) && other.request === request))
  )
}
