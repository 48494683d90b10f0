import type { Facts } from '@/lib/act/facts'
import type { Request } from '@/lib/action/action'
import type { Case } from '@/lib/case/case'

/** Who may answer for the target when its owner can't. */
export function backupOf(facts: Facts, { action }: Request): string | null {
  return facts.nhis[action.target.nhi]?.backup_owner ?? null
}

export function backups(facts: Facts, { requests }: Pick<Case, 'requests'>): string[] {
  return requests.map((request) => backupOf(facts, request)).filter((id) => id !== null)
}
