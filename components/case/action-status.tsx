import type { ActionStatus, ActionView } from '@/lib/act/view/action'
import { cx } from '../ui/class'

const SAYS: Record<ActionStatus, [string, 'ok' | 'wait' | 'bad' | 'over']> = {
  planning: ['dry run under way', 'wait'],
  'plan-failed': ['dry run failed', 'bad'],
  'awaiting-approval': ['awaiting approval', 'wait'],
  approved: ['approved, not carried out yet', 'wait'],
  started: ['waiting for the executor', 'wait'],
  running: ['being carried out', 'wait'],
  executed: ['carried out, not verified yet', 'wait'],
  failed: ['failed', 'bad'],
  unknown: ['outcome unknown: it is being looked at, never retried blindly', 'bad'],
  verified: ['verified', 'ok'],
  'verification-failed': ['did not work', 'bad'],
  refused: ['refused', 'over'],
  withdrawn: ['withdrawn', 'over'],
  expired: ['expired undecided', 'over'],
}
const TONE = { ok: 'text-ok', wait: 'text-accent', bad: 'text-critical', over: 'text-ink-3' }

/** Before its warrant: why the executor may not have it yet. */
const AWAITS: Record<NonNullable<ActionView['awaits']>, string> = {
  sealed: 'waiting until its approvals are sealed in the log',
  witnessed: 'critical: waiting until witnesses have signed for its approvals',
}

export function ActionStatusName({
  status,
  awaits = null,
}: Pick<ActionView, 'status'> & Partial<Pick<ActionView, 'awaits'>>) {
  const [name, tone] = SAYS[status]
  const says = awaits ? AWAITS[awaits] : name
  return <span className={cx('font-medium', TONE[tone])}>{says}</span>
}

/** It has run, or never will: its end time means nothing any more. */
export const isDone = (status: ActionStatus) =>
  isOver(status) || SAYS[status][1] === 'ok' || status.startsWith('executed')

/** It ended without being carried out. */
export const isOver = (status: ActionStatus) => SAYS[status][1] === 'over'
