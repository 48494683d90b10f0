import type { Registry } from '@/lib/registry/registry'
import type { Rows } from './case-rows'

/**
 * What doors and other streams read of the organisation: its members, their accounts, and connectors. Of members and accounts, which are many,
 * those that have changed since `before`; null: all.
 */
export function registryRows(org: string, state: Registry, before: Registry | null): Rows {
  return {
    organisation: { org, name: state.name, origin: state.origin },
    // Written by a trigger on the stream itself; here, so that a rebuild compares it.
    witnessing: { org, witnesses: state.witnesses, quorum: state.witness_quorum },
    member: changed(state.members, before?.members).map(({ id, name, email, roles, team, active }) => ({
      org,
      id,
      name,
      email: email.toLowerCase(),
      roles,
      team,
      active,
    })),
    chat_account: state.members.flatMap(({ id, linked }) =>
      linked.map(({ platform, team, user }) => ({ org, platform, team, user, member: id })),
    ),
    account: changed(state.accounts, before?.accounts).map(({ member, issuer, subject }) => ({
      org,
      issuer,
      subject,
      member,
    })),
    connector: state.connectors.map(({ connector, kind, executor, system, environment }) => ({
      org,
      connector,
      kind,
      executor,
      system,
      environment,
    })),
  }
}

/** A fold leaves what it doesn't change the same object. */
function changed<Each>(now: readonly Each[], before: readonly Each[] = []): Each[] {
  const known = new Set(before)
  return now.filter((each) => !known.has(each))
}
