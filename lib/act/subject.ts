import { type Request, standing } from '../action/action'
import { type Case, requestOf } from '../case/case'
import type { CaseCommand } from '../case/command'
import { TRUST_LEVELS, type Trust } from '../case/event'
import type { Nhi } from '../nhi/nhi'
import type { Question } from '../policy/question'
import type { RegistryCommand } from '../registry/command'
import type { Registry } from '../registry/registry'
import type { Facts, PasskeyFact } from './facts'
import type { Subject } from './kinds'

/** What a policy may look at when the command is about a case, or about an action of it. */
export function aboutCase(state: Case, id: string, org: string, command: CaseCommand, facts: Facts): Subject {
  const { severity, assignee, promoter } = state
  const trust = state.vouched ? 'vouched' : weakest(state)
  const resource: Question['resource'] = {
    kind: 'case',
    id,
    org,
    stage: state.stage,
    lane: state.lane,
    owners: state.linked.flatMap(({ nhi }) => ownersOf(facts, nhi)),
    ...(trust ? { trust } : {}),
    ...(severity ? { severity } : {}),
    ...(assignee ? { assignee } : {}),
    ...(promoter ? { promoter } : {}),
  }
  const request = 'request' in command.input ? requestOf(state, command.input.request) : undefined
  const proposer = proposerOf(state, command)
  return {
    resource,
    ...(request ? { request: aboutRequest(request, facts) } : {}),
    ...(proposer ? { proposer } : {}),
    ...(facts.passkey ? { passkey: aboutPasskey(facts.passkey) } : {}),
  }
}

/** A case is worth what its least proved message is worth; without any, nothing is proved. */
function weakest({ snapshots }: Case): Trust | undefined {
  return TRUST_LEVELS.find((level) => snapshots.some((snapshot) => snapshot.trust === level))
}

function ownersOf(facts: Facts, id: string): string[] {
  const nhi = facts.nhis[id]
  return [nhi?.owner, nhi?.backup_owner].filter((owner) => typeof owner === 'string')
}

function aboutRequest(request: Request, facts: Facts): NonNullable<Subject['request']> {
  const { action, quorum, target_owner } = request
  const backup = facts.nhis[action.target.nhi]?.backup_owner
  return {
    kind: action.kind,
    tier: quorum.tier,
    environment: action.target.environment,
    requester: request.requester,
    requester_accountable: request.requester_accountable,
    executor: action.executor,
    executor_owner: request.executor_owner,
    approvals: standing(request).length,
    approvers: standing(request).map((approval) => approval.approver),
    ...(target_owner ? { target_owner } : {}),
    ...(backup ? { target_backup_owner: backup } : {}),
    ...(request.breakglass ? { invoker: request.breakglass.invoker } : {}),
    ...(request.started_by ? { starter: request.started_by } : {}),
  }
}

/** Who proposed what a second person is to agree to, or placed what a second person is to lift. */
function proposerOf(state: Case, command: CaseCommand): string | undefined {
  if (command.command === 'agreeNoAction') return state.no_action?.proposer
  if (command.command === 'agreeErasure' || command.command === 'refuseErasure')
    return state.erasures.find((each) => each.id === command.input.erasure)?.requester
  if (command.command === 'liftHold')
    return state.holds.find((each) => each.id === command.input.hold)?.placed_by
  if (command.command !== 'grantException' && command.command !== 'refuseException') return undefined
  return state.exceptions.find((each) => each.id === command.input.exception)?.requested_by
}

export function aboutNhi(state: Nhi, id: string, org: string): Subject {
  return { resource: { kind: 'nhi', id, org, owners: state.people } }
}

export function aboutRegistry(state: Registry, id: string, org: string, command: RegistryCommand): Subject {
  const resource: Subject['resource'] = { kind: 'registry', id, org, owners: [] }
  const proposer = organisationProposer(state, command)
  if (proposer) return { resource, proposer }
  if (command.command !== 'revokePasskey') return { resource }
  const key = state.passkeys.find((each) => each.credential_id === command.input.credential_id)
  return key ? { resource, passkey: aboutPasskey(key) } : { resource }
}

function aboutPasskey({ user, revoked_at }: Pick<PasskeyFact, 'user' | 'revoked_at'>) {
  return { owner: user, revoked: revoked_at !== null }
}

function organisationProposer(state: Registry, command: RegistryCommand): string | undefined {
  switch (command.command) {
    case 'releaseOrganisation':
      return state.holds.find((each) => each.id === command.input.hold)?.placed_by
    case 'agreeRetention':
    case 'refuseRetention':
      return state.retention_proposed?.proposer
    default:
      return undefined
  }
}
