import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { accountable } from '../identity/actor'
import { quorumFor, tierOf } from '../policy/requirements'
import { actionDigest } from '../record/approval'
import { type Action, type ActionEvent, type ActionKind, REVERSIBLE, WITH_PARAMS } from './event'
import { behind } from './parties'

type Change = {
  kind: ActionKind
  params: Record<string, string | number | boolean>
  nhi: string
  purpose: string
  not_before: string | null
}

const HOUR = 3_600_000

type Requested = Extract<ActionEvent, { type: 'action.requested' }>['data']

/** The exact change that is asked for: on what, through which executor, until when, and who must approve it. */
export function exactly(
  state: Case,
  change: Change,
  given: Given<CaseCommand>,
  request: string,
  revision: number,
  reverts: string | null,
): Requested | Refusal {
  const target = given.facts.nhis[change.nhi]
  if (!target)
    return refuse('not_found', 'There is no such non-human identity.', 'Choose one from the registry.', {
      field: 'nhi',
    })
  if (!state.linked.some((link) => link.nhi === target.id)) {
    return refuse(
      'gate',
      `${target.name} is not linked to this case.`,
      'Link it first, so that its owner is told.',
    )
  }
  const extra = Object.keys(change.params).find((name) => !WITH_PARAMS[change.kind].includes(name))
  if (extra)
    return refuse(
      'invalid',
      `${change.kind} takes no parameter "${extra}".`,
      `It takes: ${WITH_PARAMS[change.kind].join(', ') || 'none'}.`,
      { field: `params.${extra}` },
    )
  const connector = given.facts.connectors.find(
    (each) => each.system === target.system && each.environment === target.environment,
  )
  if (!connector)
    return refuse(
      'unsupported',
      `No connector reaches ${target.system} in ${target.environment}.`,
      'An administrator can register one.',
    )
  const executor = given.facts.nhis[connector.executor]
  if (!executor?.owner || executor.disabled || !given.facts.members[executor.owner]?.active) {
    return refuse(
      'gate',
      'The executor of this connector is disabled or has no accountable owner.',
      'Give it an owner in the registry.',
    )
  }
  if (given.actor.id === executor.id || behind(given.actor).includes(executor.owner)) {
    return refuse(
      'separation_of_duties',
      'You own the executor of this connector, so somebody else must ask for the action.',
      'Anyone else with the analyst role can.',
    )
  }
  const tier = tierOf({
    kind: change.kind,
    privilege: target.privilege,
    environment: target.environment,
    reversible: REVERSIBLE[change.kind],
  })
  const { quorum, hours } = quorumFor(tier, given.actor.auth)
  const expires_at = new Date(Date.parse(given.now) + hours * HOUR).toISOString()
  const not_before = change.not_before ?? given.now
  if (not_before >= expires_at)
    return refuse('invalid', 'It would expire before it may run.', `It expires at ${expires_at}.`, {
      field: 'not_before',
    })
  const action: Action = {
    kind: change.kind,
    params: change.params,
    target: { nhi: target.id, name: target.name, environment: target.environment, account: target.account },
    connector: connector.connector,
    case: state.id,
    purpose: change.purpose,
    executor: executor.id,
    not_before,
    expires_at,
    reverts,
  }
  return {
    request,
    revision,
    action,
    action_digest: actionDigest(action),
    requester: given.actor.id,
    requester_accountable: accountable(given.actor),
    proposed_by_agent: given.actor.kind === 'nhi',
    executor: executor.id,
    executor_owner: executor.owner,
    target_owner: target.owner,
    quorum,
    expires_at,
  }
}
