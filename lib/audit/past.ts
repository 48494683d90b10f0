import {
  type ConnectorFact,
  type Facts,
  type MemberFact,
  type NhiFact,
  NOTHING_ERASING,
  type Wanted,
} from '../act/facts'
import type { Nhi } from '../nhi/nhi'
import type { Connector, Member, Passkey, Registry } from '../registry/registry'
import { folded, type Recorded, until } from './recorded'

/** What an organisation's streams say: its registry's events, and those of the identities that a case speaks of. */
export type Organisation = {
  readonly registry: readonly Recorded[]
  readonly nhis: Readonly<Record<string, readonly Recorded[]>>
}

/** The organisation as it was at a moment, folded from its events: today's tables have no say in it. */
export type Past = {
  readonly members: readonly Member[]
  readonly member: (id: string) => Member | undefined
  readonly connectors: readonly Connector[]
  readonly passkey: (credentialId: string) => Passkey | undefined
  readonly nhi: (id: string) => Nhi | undefined
  /** The policy set that was in force, by its digest; null before any was. */
  readonly policySet: string | null
}

/**
 * The organisation at any moment. `at`: the database's clock when a decision was made; what had happened in other streams by then
 * counts. Little of an organisation changes while a case runs, so what was folded last serves the moments around it too.
 */
export function organisationOf({ registry, nhis }: Organisation): (at: string) => Past {
  const known = new Map<string, Nhi | undefined>()
  let last: { readonly events: number; readonly past: Omit<Past, 'nhi'> } | null = null
  const nhiAt = (id: string, at: string) => {
    const events = until(nhis[id] ?? [], at)
    const key = `${id} ${events.length}`
    if (!known.has(key)) known.set(key, events.length ? (folded('nhi', events) as Nhi) : undefined)
    return known.get(key)
  }
  return (at) => {
    const events = until(registry, at)
    if (last?.events !== events.length) last = { events: events.length, past: membersAndConnectors(events) }
    return { ...last.past, nhi: (id) => nhiAt(id, at) }
  }
}

function membersAndConnectors(registry: readonly Recorded[]): Omit<Past, 'nhi'> {
  const { about, others } = apart(registry)
  const members = [...about.values()].flatMap((events) => (folded('registry', events) as Registry).members)
  const byId = new Map(members.map((member) => [member.id, member]))
  const { connectors, passkeys, policies } = folded('registry', others) as Registry
  return {
    members,
    connectors,
    policySet: policies?.bundle ?? null,
    member: (id) => byId.get(id),
    passkey: (id) => passkeys.find(({ credential_id }) => credential_id === id),
  }
}

/** A member's events fold by themselves: a registry of thousands would be copied for each of them otherwise. */
function apart(registry: readonly Recorded[]) {
  const about = new Map<string, Recorded[]>()
  const others: Recorded[] = []
  for (const event of registry) {
    const member = event.envelope?.data.member
    if (typeof member !== 'string') others.push(event)
    else if (about.get(member)?.push(event) === undefined) about.set(member, [event])
  }
  return { about, others }
}

/** What a command would have been told of other streams then (`open_page` tells it now). */
export function factsAt(
  past: Past,
  state: { readonly people: readonly string[]; readonly nhis: readonly string[] },
  wanted: Pick<Wanted, 'members' | 'nhis' | 'passkey'>,
): Facts {
  const named = present([...state.nhis, ...wanted.nhis], (id) => nhiFact(past, id))
  const systems = new Set(Object.values(named).map(({ system }) => system))
  const connectors = past.connectors.filter(({ system }) => systems.has(system)).map(connectorFact)
  const executors = present(
    connectors.map(({ executor }) => executor),
    (id) => nhiFact(past, id),
  )
  const nhis = { ...named, ...executors }
  const owners = Object.values(nhis).flatMap(({ owner }) => owner ?? [])
  const members = present([...state.people, ...wanted.members, ...owners], (id) => memberFact(past, id))
  const passkey = (wanted.passkey && past.passkey(wanted.passkey)) || null
  return {
    members,
    nhis,
    connectors,
    passkey,
    duplicate: null,
    number: null,
    sealed: 0,
    witnessed: null,
    matches: {},
    seen: null,
    ...NOTHING_ERASING,
  }
}

function present<Fact>(ids: readonly string[], fact: (id: string) => Fact | undefined): Record<string, Fact> {
  const found: Record<string, Fact> = {}
  for (const id of new Set(ids)) {
    const one = fact(id)
    if (one) found[id] = one
  }
  return found
}

function memberFact(past: Past, id: string): MemberFact | undefined {
  const member = past.member(id)
  return member && { id, name: member.name, roles: member.roles, active: member.active }
}

function nhiFact(past: Past, id: string): NhiFact | undefined {
  const nhi = past.nhi(id)
  if (!nhi) return undefined
  const { name, kind, system, account, environment, privilege, owner, backup_owner } = nhi.profile
  const { disabled } = nhi
  return { id, name, kind, system, account, environment, privilege, owner, backup_owner, disabled }
}

function connectorFact({ connector, kind, executor, system, environment }: Connector): ConnectorFact {
  // The command's own schema took no other environment on record.
  return { connector, kind, executor, system, environment: environment as ConnectorFact['environment'] }
}
