import type { CaseFile } from '@/lib/act/view/case'
import type { LateView } from '@/lib/act/view/who'
import type { Case } from '@/lib/case/case'
import { type Late, waitingIn } from '@/lib/case/late'
import type { Names } from './names'

/** What has waited too long, for whom, and who was told. */
export function lateView({ seq, at, waits_for, escalated_to }: Late, names: Names): LateView {
  return {
    event: seq,
    at,
    waits_for: waits_for.map(names),
    escalated_to: escalated_to.map(({ person, as }) => ({ who: names(person), as })),
  }
}

export function latenessOf(state: Case, names: Names): Pick<CaseFile, 'overdue' | 'unanswered'> {
  const waiting = waitingIn(state)
  const of = (about: 'case' | 'assignment') => {
    const late = waiting.find((one) => one.about === about)
    return late ? lateView(late, names) : null
  }
  return { overdue: of('case'), unanswered: of('assignment') }
}
