import type { Actor } from '../lib/identity/actor'
import type { LoadedPolicies } from '../lib/policy/authorize'
import type { Question } from '../lib/policy/question'

const TIMES = 2_000
const NO_PASSKEY = 'approveAction without a passkey'

/** The last one asks twice: nobody is sent to fetch a passkey only to be refused for another reason then. */
const ASKED = ['promoteFinding', 'advanceCase', 'attachEvidence', 'viewCase', 'approveAction', NO_PASSKEY]

/** Median milliseconds of one decision, by command; no two questions are the same, so none is answered from memory. */
export function policyTimes(
  policies: LoadedPolicies,
  analyst: Actor,
  approver: Actor,
): Record<string, number> {
  return Object.fromEntries(
    ASKED.map((asked) => {
      const times = Array.from({ length: TIMES }, (_, index) => {
        const question = about(asked.startsWith('approve') ? approver : analyst, asked, index)
        const begun = performance.now()
        policies.authorize(question, 'bench')
        return performance.now() - begun
      })
      return [asked, times.sort((one, other) => one - other)[TIMES / 2] ?? 0]
    }),
  )
}

function about(actor: Actor, asked: string, index: number): Question {
  const command = asked === NO_PASSKEY ? 'approveAction' : asked
  const request = {
    ...{ kind: 'postgres.rotate-password', tier: 'high', environment: 'production', requester: 'usr_ada' },
    ...{
      executor: 'nhi_executor-postgres',
      executor_owner: 'usr_ivo',
      target_owner: 'usr_dev',
      approvals: 0,
    },
  }
  return {
    actor,
    command,
    resource: {
      ...{ kind: 'case', id: `case_${index}`, org: actor.org, stage: 'act', severity: 'high', lane: 'full' },
      ...{ trust: 'vouched', assignee: 'usr_ada', promoter: `usr_${index}`, owners: ['usr_dev'] },
    },
    context: {
      now: new Date(index).toISOString(),
      session_age: index % 600,
      ...(command === 'approveAction' ? { request } : {}),
      ...(asked === 'approveAction' ? { passkey: { owner: actor.id, revoked: false } } : {}),
    },
  }
}
