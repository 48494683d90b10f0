import type { Action } from '../../action/event'
import type { Connector } from '../connector'
import { type Change, revertOf } from '../schemas'
import { execute, reconcile } from './execute'
import { plan } from './plan'
import { probe } from './probe'
import { fileSink } from './sink'
import { type Target, withConnection } from './target'
import { dropExpired } from './temporary-role'

/** Changes roles of one PostgreSQL server, those on its list. */
export function postgresConnector(target: Target): Connector {
  const sink = fileSink(target.secretSink)
  return {
    name: target.name,
    refuses: (action, change) => refuses(target, action, change),
    plan: (work) => plan(target, work),
    execute: (work, authority) => execute(target, sink, work, authority),
    reconcile: (work, jti) => reconcile(target, sink, work, jti),
    probe: (work) => probe(target, sink, work),
    revert: revertOf,
    tidy: async () => void (await withConnection(target, undefined, dropExpired)),
  }
}

function refuses(target: Target, action: Action, change: Change): string | null {
  const { account, environment } = action.target
  if (environment !== target.environment)
    return `${target.name} is for ${target.environment}, not for ${environment}.`
  if (!target.roles.includes(account))
    return `The role ${JSON.stringify(account)} is not one that this executor manages.`
  if ('group' in change.params && !target.groups.includes(change.params.group))
    return `The group ${JSON.stringify(change.params.group)} is not one that this executor manages.`
  return null
}
