import type { Case } from './case'
import type { CaseEvent, Category, Severity } from './event'

/** Findings of these categories are always full cases: never the light lane. */
const ALWAYS_FULL: readonly Category[] = ['leaked-secret', 'service-account-abuse', 'recurring-attack-path']

type Secrets = Extract<CaseEvent, { type: 'finding.promoted' }>['data']['secrets']

/** What a finding is about decides before its severity does. */
export function isLightKind(category: Category, secrets: Secrets): boolean {
  return !ALWAYS_FULL.includes(category) && secrets.length === 0
}

function mayBeLight({ category, snapshots }: Case): boolean {
  return snapshots.every(({ secrets }) => isLightKind(category, secrets))
}

/**
 * One person may take an informational case through all its stages: say that nothing needs doing, and need no second person
 * to agree. An action changes a real system, so that its requester, approver, executor and verifier are different people in
 * every lane.
 */
export function isLight({ lane, severity }: Case): boolean {
  return lane === 'light' && severity === 'informational'
}

/** A finding that nobody had weighed yet may turn out to be light; one that was heavy once stays a full case. */
export function laneAfter(state: Case, severity: Severity): Case['lane'] {
  if (severity !== 'informational') return 'full'
  return state.severity === null && mayBeLight(state) ? 'light' : state.lane
}
