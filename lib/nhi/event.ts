export const NHI_KINDS = [
  'service-account',
  'api-key',
  'oauth-app',
  'workload',
  'bot',
  'ai-agent',
  'executor',
] as const
export type NhiKind = (typeof NHI_KINDS)[number]
export const ENVIRONMENTS = ['production', 'staging', 'development'] as const
export type Environment = (typeof ENVIRONMENTS)[number]
export const PRIVILEGES = ['read', 'write', 'admin', 'tier-0'] as const
export type Privilege = (typeof PRIVILEGES)[number]

/** What the registry knows of a non-human identity. */
export type NhiProfile = {
  name: string
  kind: NhiKind
  system: string
  /** Its name in that system, e.g. the database role. */
  account: string
  environment: Environment
  privilege: Privilege
  /** What that privilege lets it reach, in words. */
  reach: string
  criticality: 'low' | 'moderate' | 'high' | 'tier-0'
  domain: string
  purpose: string
  owner: string | null
  backup_owner: string | null
  created_on: string | null
  last_used_on: string | null
  last_rotated_on: string | null
  expires_on: string | null
  review_days: number
}

export type NhiEvent =
  | { type: 'nhi.registered'; data: NhiProfile }
  | { type: 'nhi.described'; data: Partial<Omit<NhiProfile, 'owner' | 'backup_owner'>> }
  | {
      type: 'owner.changed'
      data: { from: string | null; to: string | null; backup: string | null; reason: string }
    }
  | {
      type: 'credential.registered'
      data: {
        credential: string
        kind: string
        fingerprint: string
        label: string
        expires_on: string | null
      }
    }
  | { type: 'credential.retired'; data: { credential: string; reason: string } }
  | { type: 'key.enrolled'; data: { kid: string; use: 'sig' | 'enc'; jwk: Record<string, string> } }
  | { type: 'key.revoked'; data: { kid: string; reason: string } }
  | { type: 'nhi.used'; data: { on: string; by: string } }
  | { type: 'nhi.rotated'; data: { on: string; case: string } }
  | { type: 'nhi.reviewed'; data: { outcome: 'keep' | 'reduce' | 'remove'; note: string; next: string } }
  | { type: 'nhi.disabled'; data: { reason: string } }
  | { type: 'nhi.enabled'; data: { reason: string } }
  | { type: 'policy.denied'; data: { command: string; code: string; sentence: string } }
