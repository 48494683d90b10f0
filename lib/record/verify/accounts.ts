import type { Context } from './context'
import type { ApprovalFact } from './facts'
import { type Fields, text } from './fields'

/** That an account at a provider is this member's, said at this place in the log. */
type Tie = { readonly member: string | null; readonly index: number }

/** What the registry says of accounts, by `accountKey`. Ties are never undone, so a second one contradicts the first. */
export type Ties = Map<string, Tie[]>

/** Of an id_token's `iss` and `sub`, or of what the registry says of them; null where either is no text. */
function accountKey({ issuer, subject }: Fields): string | null {
  const [at, name] = [text(issuer), text(subject)]
  return at === null || name === null ? null : JSON.stringify([at, name])
}

export function noteTie(ties: Ties, data: Fields, index: number): void {
  const key = accountKey(data)
  if (key !== null) ties.set(key, [...(ties.get(key) ?? []), { member: text(data.member), index }])
}

/** Whoever the issuer says signed in is the approver: by the registry, before the approval in the log's order, and nobody else. */
export function checkTie(
  { report }: Pick<Context, 'report'>,
  ties: Ties,
  { approver, index, where }: Pick<ApprovalFact, 'approver' | 'index' | 'where'>,
  { iss, sub }: Fields,
): void {
  const found = ties.get(accountKey({ issuer: iss, subject: sub }) ?? '') ?? []
  const [own] = found.filter(({ member }) => member === approver)
  const others = found.filter(({ member }) => member !== approver)
  if (found.length === 0) {
    const sentence = `The registry does not say whose account signed in for ${approver}: ${sub} at ${iss}.`
    report.add('approval.account_not_tied', sentence, where)
  } else if (!own) {
    const sentence = `The account that signed in is ${others[0]?.member}'s, not ${approver}'s.`
    report.add('approval.account_of_another', sentence, where)
  } else if (others.length > 0) {
    const sentence = `The account that signed in is ${approver}'s, and ${others[0]?.member}'s, too.`
    report.add('approval.account_of_several', sentence, where)
  }
  if (own && index !== null && own.index >= index) {
    const sentence = `The account was made ${approver}'s only after the approval.`
    report.add('approval.account_tied_later', sentence, where)
  }
}
