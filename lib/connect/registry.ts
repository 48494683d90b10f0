import type { Action } from '../action/event'
import { actionDigest } from '../record/approval'
import type { Connector, Work } from './connector'
import { isProblem, parseChange } from './schemas'

export type Registry = ReadonlyMap<string, Connector>
export type Admitted = { readonly connector: Connector; readonly work: Work }
export type Denied = { readonly denied: true; readonly reason: string }

export function registry(connectors: readonly Connector[]): Registry {
  const byName = new Map(connectors.map((connector) => [connector.name, connector]))
  if (byName.size !== connectors.length) throw new Error('Two connectors have the same name.')
  return byName
}

/** The allow-list: an unknown connector, kind, parameter or target ends here, before anything is sent anywhere. */
export function admit(connectors: Registry, action: Action, leaked: Work['leaked']): Admitted | Denied {
  const connector = connectors.get(action.connector)
  if (!connector) return denied(`This executor has no connector ${action.connector}.`)
  const change = parseChange(action.kind, action.params)
  if (isProblem(change)) return denied(`${change.field}: ${change.sentence}`)
  const reason = connector.refuses(action, change)
  if (reason !== null) return denied(reason)
  return { connector, work: { action, change, digest: actionDigest(action), leaked } }
}

export function isDenied(value: Admitted | Denied): value is Denied {
  return 'denied' in value
}

function denied(reason: string): Denied {
  return { denied: true, reason }
}
