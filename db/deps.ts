import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Deps } from '@/lib/act/perform'
import { type LoadedPolicies, loadPolicies } from '@/lib/policy/authorize'
import { SCHEMA_FILE } from '@/lib/policy/bundle'
import { checkedFrom } from '@/lib/policy/checked'
import { announcer } from './announce'
import { type Client, connect } from './client'
import { newId, newSalt } from './ids'
import { postgresLedger } from './ledger'

export type Settings = {
  /** Address as the role on_record_app. */
  readonly url: string
  /** The web origin that approvals bind to. */
  readonly origin: string
  /** Folder with the Cedar policies. */
  readonly policies: string
  readonly connections: number
  readonly name: string
}

/** What performing commands needs, for any process: the web app, the worker, the seed. */
export type Performing = Deps & { readonly policies: LoadedPolicies; readonly sql: Client }

export function openDeps({ url, origin, policies, connections, name }: Settings): Performing {
  // Commands look for rows by their keys: there is nothing to plan anew.
  const sql = connect(url, connections, name, { plan_cache_mode: 'force_generic_plan' })
  return {
    sql,
    origin,
    newId,
    newSalt,
    ledger: postgresLedger(sql),
    policies: loadPolicies(policyTexts(policies), undefined, { checked: checkedSet(policies) }),
    announce: announcer(sql),
  }
}

/** Where the build leaves what checking the set in this folder led to. */
export function checkedFile(folder: string): string {
  return join(folder, '..', 'dist', 'checked-policies.json')
}

function checkedSet(folder: string) {
  const file = checkedFile(folder)
  return existsSync(file) ? checkedFrom(readFileSync(file, 'utf8')) : null
}

/** The texts of the policy set in this folder. */
export function policyTexts(folder: string) {
  const text = (name: string) => readFileSync(join(folder, name), 'utf8')
  const names = readdirSync(folder).filter((name) => /^[a-z-]+\.(?:cedar|json)$/.test(name))
  return { schema: text(SCHEMA_FILE), files: Object.fromEntries(names.map((name) => [name, text(name)])) }
}
