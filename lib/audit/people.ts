import { NOTHING_WANTED } from '../act/facts'
import { caseOffers, exceptionOffers, type Moment, requestOffers } from '../act/offer'
import type { Case } from '../case/case'
import { identified } from '../identity/actor'
import type { PolicySet } from '../policy/question'
import type { Member } from '../registry/registry'
import { factsAt, type Past } from './past'
import type { OfferThen, PersonThen } from './view'

type Given = {
  readonly org: string
  readonly origin: string
  readonly state: Case
  readonly past: Past
  /** The time, and the hash of the case's last event then. */
  readonly at: string
  readonly head: string
  readonly policies: PolicySet
}

/**
 * Who could do what: everybody with a part in the case, and one for all those who only have the same roles in common. Asked with a
 * fresh sign-in by passkey, so that what is said is about rights and not about how long somebody had been at their desk.
 */
export function peopleThen(given: Given): PersonThen[] {
  const active = given.past.members.filter((member) => member.active)
  const involved = active.filter((member) => relationsOf(given, member.id).length > 0)
  const groups = new Map<string, Member[]>()
  for (const member of active.filter((each) => !involved.includes(each))) {
    const roles = [...member.roles].sort().join()
    if (groups.get(roles)?.push(member) === undefined) groups.set(roles, [member])
  }
  const alike = [...groups.values()].flatMap(([first, ...rest]) =>
    first ? [personThen(given, first, rest)] : [],
  )
  // In the registry's order whatever their part is: somebody who moves through the case keeps their place.
  const place = ({ who: { id } }: PersonThen) => active.findIndex((member) => member.id === id)
  return [...involved.map((member) => personThen(given, member, [])), ...alike].sort(
    (one, other) => place(one) - place(other),
  )
}

function personThen(given: Given, member: Member, alike: readonly Member[]): PersonThen {
  const relations = relationsOf(given, member.id)
  return {
    who: who(member),
    roles: member.roles,
    relations,
    alike: alike.map(who),
    offers: offersFor(given, member),
  }
}

function who({ id, name }: Member) {
  return { id, name, kind: 'human' as const }
}

function offersFor({ org, origin, state, past, at, head, policies }: Given, member: Member): OfferThen[] {
  const auth = { acr: 'phrh', amr: ['hwk'], auth_time: Math.floor(Date.parse(at) / 1000) }
  const { id, name, roles } = member
  const actor = identified({ kind: 'human', id, name, roles, org, via: 'web', auth, request: 'replay' })
  const facts = factsAt(past, state, { ...NOTHING_WANTED, members: [id] })
  const moment: Moment & { state: Case } = {
    actor,
    stream: state.id,
    state,
    now: at,
    head,
    facts,
    policies,
    origin,
  }
  const about = (one: string) => (offer: Omit<OfferThen, 'about'>) => ({ ...offer, about: one })
  return [
    ...caseOffers(moment).map((offer) => ({ ...offer, about: null })),
    ...state.requests.flatMap((request) => requestOffers(moment, request).map(about(request.id))),
    ...state.exceptions
      .filter(({ status }) => status === 'requested')
      .flatMap((each) => exceptionOffers(moment, each.id).map(about(each.id))),
  ]
}

function relationsOf({ state, past }: Pick<Given, 'state' | 'past'>, id: string): string[] {
  const owned = state.linked.flatMap(({ nhi }) => {
    const { owner, backup_owner, name } = past.nhi(nhi)?.profile ?? {}
    return owner === id ? [`owner of ${name}`] : backup_owner === id ? [`backup owner of ${name}`] : []
  })
  const part = state.requests.flatMap((request) => [
    ...(request.requester_accountable === id ? ['asked for the action'] : []),
    ...(request.executor_owner === id ? ['owner of the executor'] : []),
    ...(request.approvals.some((each) => each.approver === id && !each.void)
      ? ['decided on the action']
      : []),
    ...(request.verification?.verifier === id ? ['verified the action'] : []),
  ])
  return [
    ...new Set([
      ...(state.promoter === id ? ['promoted it'] : []),
      ...(state.confirmation?.by === id ? ['confirmed it'] : []),
      ...(state.assignee === id ? [state.accepted ? 'assignee' : 'asked to take it'] : []),
      ...owned,
      ...part,
    ]),
  ]
}
