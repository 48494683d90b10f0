/** The idempotency key of a draft's promotion: whoever sends it again gets the same case. */
export function madeFrom(draft: string): string {
  return `draft-${draft}`
}
