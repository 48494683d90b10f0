import { z } from 'zod'
import type { CommandOf, CommandTable } from '../act/spec'
import { caseId, day, label, personId, text } from '../act/text'
import { ENVIRONMENTS, NHI_KINDS, PRIVILEGES } from './event'
import { publicKey } from './public-key'

const reason = text(2_000)
const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a keyed fingerprint: 64 hexadecimal digits, never a secret')
const credentialId = z.string().regex(/^crd_[0-9A-Za-z_-]{1,64}$/, 'must be an id that starts with crd_')
const kid = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be a key's thumbprint (RFC 7638)")

const CRITICALITIES = ['low', 'moderate', 'high', 'tier-0'] as const

/** What people may say about an identity; when it was used and rotated is observed, not said. */
const description = {
  name: label(200),
  system: label(100),
  account: label(200),
  environment: z.enum(ENVIRONMENTS),
  privilege: z.enum(PRIVILEGES),
  reach: text(1_000),
  criticality: z.enum(CRITICALITIES),
  domain: text(100),
  purpose: text(1_000),
  expires_on: day.nullable(),
  review_days: z.int().min(1).max(730),
}

/** The whole profile, as registered or imported. */
export const profile = z.strictObject({
  ...description,
  kind: z.enum(NHI_KINDS),
  owner: personId.nullable(),
  backup_owner: personId.nullable().default(null),
  created_on: day.nullable().default(null),
  last_used_on: day.nullable().default(null),
  last_rotated_on: day.nullable().default(null),
  expires_on: day.nullable().default(null),
  review_days: description.review_days.default(90),
})

export const nhiCommands = {
  registerNhi: { summary: 'Register a non-human identity', doors: 'desk', creates: true, input: profile },
  describeNhi: {
    summary: 'Correct what the registry says about an identity',
    doors: 'desk',
    input: z
      .strictObject(description)
      .partial()
      .refine(
        (changes) => Object.values(changes).some((value) => value !== undefined),
        'must change something',
      ),
  },
  changeOwner: {
    summary: 'Hand an identity over to another owner',
    doors: 'desk',
    input: z.strictObject({ owner: personId, backup_owner: personId.nullable().default(null), reason }),
  },
  registerCredential: {
    summary: 'Register a credential by its fingerprint',
    doors: 'desk',
    input: z.strictObject({
      kind: text(100),
      fingerprint,
      label: text(200),
      expires_on: day.nullable().default(null),
    }),
  },
  retireCredential: {
    summary: 'Record that a credential no longer works',
    doors: 'desk',
    input: z.strictObject({ credential: credentialId, reason }),
  },
  enrollKey: {
    summary: 'Enroll the public key with which the identity signs in, or for which secrets are sealed',
    doors: 'desk',
    input: z.strictObject({ jwk: publicKey, use: z.enum(['sig', 'enc']) }),
  },
  revokeKey: { summary: 'Revoke an enrolled key', doors: 'desk', input: z.strictObject({ kid, reason }) },
  recordUse: {
    summary: 'Record on which day the identity was last used',
    doors: 'internal',
    input: z.strictObject({ on: day, by: text(200) }),
  },
  recordRotation: {
    summary: 'Record that a verified action rotated its password',
    doors: 'internal',
    input: z.strictObject({ on: day, case: caseId }),
  },
  reviewNhi: {
    summary: 'Review whether the identity is still needed as it is',
    doors: 'desk',
    input: z.strictObject({ outcome: z.enum(['keep', 'reduce', 'remove']), note: text(4_000) }),
  },
  disableNhi: { summary: 'Stop an identity at once', doors: 'desk', input: z.strictObject({ reason }) },
  enableNhi: {
    summary: 'Let a stopped identity act again',
    doors: 'desk',
    input: z.strictObject({ reason }),
  },
} as const satisfies CommandTable

export type NhiCommand = CommandOf<typeof nhiCommands>
