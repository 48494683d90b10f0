import { z } from 'zod'
import type { CommandOf, CommandTable } from '../act/spec'
import { base64url, credentialId, label, nhiId, personId, text } from '../act/text'
import { PERSON_ROLES } from '../identity/actor'
import { ENVIRONMENTS } from '../nhi/event'
import { publicKey } from '../nhi/public-key'
import { accountCommands } from './accounts'
import { ANCHORS } from './anchor-event'
import { anchorOutcome, anchorSettings } from './anchor-input'
import { organisationErasureCommands } from './erasure-command'
import { exportCommands } from './exports'
import { SIGNING } from './key-event'
import { restartCommands } from './restart'
import { witnessCommands } from './witnesses'

const reason = text(2_000)
/** 400 days. */
const MOST_OVERLAP = 9_600
const roles = z
  .array(z.enum(PERSON_ROLES))
  .min(1, 'needs at least one role')
  .max(PERSON_ROLES.length)
  .refine((list) => new Set(list).size === list.length, 'names a role twice')
const chatUser = {
  member: personId,
  platform: z.literal('slack'),
  team: z.string().regex(/^[TE][0-9A-Z]{1,30}$/, "must be a Slack workspace's id"),
  user: z.string().regex(/^[UW][0-9A-Z]{1,30}$/, "must be a Slack user's id"),
}
const sha256Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits')

export const registryCommands = {
  ...organisationErasureCommands,
  foundOrganisation: {
    summary: 'Found the organisation',
    doors: 'internal',
    creates: true,
    input: z.strictObject({ name: text(200), origin: text(200) }),
  },
  addMember: {
    summary: 'Add a member',
    doors: 'desk',
    input: z.strictObject({
      /** Made up when left out. */
      member: personId.nullable().default(null),
      name: label(200),
      email: z.email().max(254),
      roles,
      team: text(100).nullable().default(null),
    }),
  },
  changeRoles: {
    summary: "Change a member's roles",
    doors: 'desk',
    input: z.strictObject({ member: personId, roles, reason }),
  },
  removeMember: {
    summary: 'Remove a member',
    doors: 'desk',
    input: z.strictObject({ member: personId, reason }),
  },
  restoreMember: {
    summary: 'Take a removed member back',
    doors: 'desk',
    input: z.strictObject({ member: personId, reason }),
  },
  linkMember: {
    summary: 'Link a chat account to a member',
    doors: 'internal',
    input: z.strictObject(chatUser),
  },
  unlinkMember: { summary: 'Unlink a chat account', doors: 'desk', input: z.strictObject(chatUser) },
  activatePolicies: {
    summary: 'Put a policy set in force',
    doors: 'internal',
    input: z.strictObject({ bundle: sha256Digest, policies: z.array(text(100)).min(1).max(1_000) }),
  },
  publishKeys: {
    summary: "Publish the organisation's keys on the record",
    doors: 'internal',
    input: z
      .strictObject({
        /** The order that this carries out; null for an installation's first keys. */
        rotation: text(100).nullable().default(null),
        warrant: z
          .strictObject({ kid: text(200), jwk: publicKey })
          .nullable()
          .default(null),
        token: z
          .strictObject({ kid: text(200), jwk: publicKey })
          .nullable()
          .default(null),
        export: z
          .strictObject({ key: text(1_000), fingerprint: text(200) })
          .nullable()
          .default(null),
        log: z
          .strictObject({ vkey: text(1_000) })
          .nullable()
          .default(null),
      })
      .refine(
        (keys) => keys.warrant !== null || keys.token !== null || keys.export !== null || keys.log !== null,
        'publishes no key',
      ),
  },
  rotateKey: {
    summary: 'Replace a signing key by a new one',
    doors: 'desk',
    input: z.strictObject({
      purpose: z.enum(SIGNING),
      /** How long both are good; null for what is usual. 0 where the old one may be in somebody else's hands. */
      overlap_hours: z.int().min(0).max(MOST_OVERLAP).nullable().default(null),
      reason,
    }),
  },
  retireKey: {
    summary: 'Retire a key that was replaced',
    doors: 'internal',
    input: z.strictObject({ purpose: z.enum(SIGNING), id: text(1_000) }),
  },
  configureAnchors: {
    summary: 'Set up where checkpoints are anchored',
    doors: 'desk',
    input: anchorSettings,
  },
  orderAnchor: {
    summary: 'Anchor the latest checkpoint now',
    doors: 'desk',
    input: z.strictObject({ kind: z.enum(ANCHORS) }),
  },
  recordAnchor: {
    summary: 'Record what came of anchoring a checkpoint',
    doors: 'internal',
    input: anchorOutcome,
  },
  connectChat: {
    summary: 'Connect a chat workspace',
    doors: 'desk',
    input: z.strictObject({
      platform: chatUser.platform,
      team: chatUser.team,
      team_name: text(200),
      bot_user: chatUser.user,
    }),
  },
  disconnectChat: {
    summary: 'Disconnect a chat workspace',
    doors: 'desk',
    input: z.strictObject({ platform: chatUser.platform, team: chatUser.team, reason }),
  },
  enrolPasskey: {
    summary: 'Enrol a passkey of one’s own',
    doors: 'internal',
    input: z.strictObject({
      name: text(100),
      /** The challenge that the door gave out for this, and took back: it was used for nothing else. */
      challenge: base64url(100),
      client_data: base64url(8_000),
      attestation: base64url(40_000),
      transports: z.array(z.string().regex(/^[a-z-]{1,32}$/)).max(10),
    }),
  },
  revokePasskey: {
    summary: 'Revoke a passkey: one’s own, or, with a reason, another member’s',
    doors: 'desk',
    input: z.strictObject({ credential_id: credentialId, reason: reason.nullable().default(null) }),
  },
  registerConnector: {
    summary: 'Register a connector and the executor that acts through it',
    doors: 'desk',
    input: z.strictObject({
      /** Its URL-shaped name, which is the audience of its warrants. */
      connector: z.url().max(300),
      kind: z.literal('postgres'),
      executor: nhiId,
      /** Digest of the connector's definition: another definition must be registered anew. */
      definition: sha256Digest,
      system: text(100),
      environment: z.enum(ENVIRONMENTS),
    }),
  },
  ...accountCommands,
  ...exportCommands,
  ...witnessCommands,
  ...restartCommands,
} as const satisfies CommandTable

export type RegistryCommand = CommandOf<typeof registryCommands>
