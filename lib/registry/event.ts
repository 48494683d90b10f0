import type { PersonRole } from '../identity/actor'
import type { AccountEvent } from './accounts'
import type { AnchorEvent } from './anchor-event'
import type { RetentionEvent } from './erasure-event'
import type { ExportEvent } from './exports'
import type { KeyEvent } from './key-event'
import type { RestartEvent } from './restart'
import type { WitnessEvent } from './witnesses'

/** A passkey as it was enrolled: all that is needed, for ever, to check what it signs. */
export type EnrolledPasskey = {
  /** The person who holds it. */
  user: string
  /** base64url, as the authenticator made it. */
  credential_id: string
  name: string
  alg: 'ES256' | 'EdDSA'
  /** COSE_Key (RFC 9052), base64url: the exact bytes that the authenticator handed over. */
  cose: string
  /** The same key (RFC 7468), for tools that know no COSE. */
  pem: string
  rp_id: string
  origin: string
  /** Flags of the authenticator's data at enrolment (Web Authentication Level 3, section 6.1). */
  flags: number
  aaguid: string
  transports: string[]
}

/** What concerns the organisation as a whole: its members, keys, policies and connections. One stream per organisation. */
export type RegistryEvent =
  | RetentionEvent
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
  | AccountEvent
  | { type: 'policy.activated'; data: { bundle: string; policies: string[] } }
  | KeyEvent
  | AnchorEvent
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
  | { type: 'passkey.enrolled'; data: EnrolledPasskey }
  | {
      type: 'passkey.revoked'
      data: { user: string; credential_id: string; name: string; reason: string | null }
    }
  | ExportEvent
  | WitnessEvent
  | RestartEvent
  | { type: 'policy.denied'; data: { command: string; code: string; sentence: string } }
