/** The idempotency key of a draft's promotion: whoever sends it again gets the same case. */
export function draftKey(draft: string): string {
  return `draft-${draft}`
}
