import { type Actor, accountable } from '../identity/actor'
import type { EngineCall, EngineEntity } from './engine'
import { sliceOf } from './load'
import type { Question } from './question'
import { assuranceOf } from './requirements'
import type { RiskTable } from './risk-table'

type Uid = { type: string; id: string }
type Attributes = EngineEntity['attrs']

const RESOURCES = { case: 'Case', nhi: 'Nhi', registry: 'Registry' } as const

/** The question in Cedar's words, with the two entities that the rules look at and no others: each one costs time. */
export function cedarCall(question: Question, bundle: string, risk: RiskTable): EngineCall {
  const who = principal(question.actor)
  const what = resource(question.resource)
  return {
    principal: who.uid,
    action: { type: 'Action', id: question.command },
    resource: what.uid,
    context: context(question, risk),
    entities: [who, what],
    preparsedPolicySetId: sliceOf(bundle, question.command),
    preparsedSchemaName: bundle,
    validateRequest: true,
  }
}

function principal(actor: Actor): EngineEntity {
  const { org, via, auth } = actor
  const attrs: Attributes = { org, via, acr: auth.acr, subject: actor.id, accountable: accountable(actor) }
  switch (actor.kind) {
    case 'human':
      return { uid: { type: 'Person', id: actor.id }, attrs, parents: groups('Role', actor.roles) }
    case 'nhi':
      return {
        uid: { type: 'Machine', id: actor.id },
        attrs: actor.owner === null ? attrs : { ...attrs, owner: actor.owner },
        parents: groups('MachineRole', actor.roles),
      }
    case 'system':
      return { uid: { type: 'System', id: actor.id }, attrs, parents: [] }
  }
}

function groups(type: string, roles: readonly string[]): Uid[] {
  return roles.map((id) => ({ type, id }))
}

function resource({ kind, id, org, owners, ...rest }: Question['resource']): EngineEntity {
  const { stage, severity, lane, trust, assignee, promoter } = rest
  const known = kind === 'case' ? present({ stage, severity, lane, trust, assignee, promoter }) : {}
  return { uid: { type: RESOURCES[kind], id }, attrs: { org, owners: [...owners], ...known }, parents: [] }
}

function context(
  { context: { now, session_age, proposer, passkey, request } }: Question,
  risk: RiskTable,
): Attributes {
  return {
    now,
    session_age,
    ...present({ proposer }),
    ...(passkey ? { passkey: { ...passkey } } : {}),
    ...(request ? { request: change(request, risk) } : {}),
  }
}

function change(request: NonNullable<Question['context']['request']>, risk: RiskTable): Attributes {
  const { kind, tier, environment, requester, executor, executor_owner, approvals } = request
  return {
    ...{ kind, tier, environment, requester, executor, executor_owner, approvals },
    assurance: assuranceOf(tier, risk),
    requester_accountable: request.requester_accountable ?? requester,
    approvers: [...(request.approvers ?? [])],
    ...present({
      target_owner: request.target_owner,
      target_backup_owner: request.target_backup_owner,
      starter: request.starter,
      invoker: request.invoker,
    }),
  }
}

/** Cedar has no null: what isn't known is left out. */
function present(fields: Record<string, string | undefined>): Record<string, string> {
  const known: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) known[name] = value
  return known
}
