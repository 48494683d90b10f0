import type { Facts } from '../act/facts'
import { type Refusal, refuse } from '../act/refusal'

/**
 * An account of a system is one identity's. Whoever could register it a second time, with less privilege or another owner, would
 * say how few must approve what is done to it, and who of them.
 */
export function alone({ placed }: Pick<Facts, 'placed'>): Refusal | null {
  if (!placed) return null
  return refuse(
    'duplicate',
    'This account of this system is registered already.',
    'Describe that identity, or hand it over to another owner.',
    { existing: placed, field: 'account' },
  )
}
