import type { PersonRole } from '../identity/actor'

/** What concerns the organisation as a whole: its members, keys, policies and connections. One stream per organisation. */
export type RegistryEvent =
  | { type: 'organisation.founded'; data: { name: string; origin: string } }
  | {
      type: 'member.added'
      data: { member: string; name: string; email: string; roles: PersonRole[]; team: string | null }
    }
  | { type: 'member.roles'; data: { member: string; from: PersonRole[]; to: PersonRole[]; reason: string } }
  | { type: 'member.removed'; data: { member: string; reason: string } }
  | { type: 'member.restored'; data: { member: string; reason: string } }
  | { type: 'member.linked'; data: { member: string; platform: 'slack'; team: string; user: string } }
  | { type: 'member.unlinked'; data: { member: string; platform: 'slack'; team: string; user: string } }
  | { type: 'policy.activated'; data: { bundle: string; policies: string[] } }
  | { type: 'warrant-key.published'; data: { kid: string; jwk: Record<string, string> } }
  | { type: 'export-key.published'; data: { key: string; fingerprint: string } }
  | { type: 'log-key.published'; data: { vkey: string } }
  | { type: 'chat.connected'; data: { platform: 'slack'; team: string; team_name: string; bot_user: string } }
  | { type: 'chat.disconnected'; data: { platform: 'slack'; team: string; reason: string } }
  | {
      type: 'connector.registered'
      data: {
        connector: string
        kind: 'postgres'
        executor: string
        definition: string
        system: string
        environment: string
      }
    }
  | { type: 'policy.denied'; data: { command: string; code: string; sentence: string } }
