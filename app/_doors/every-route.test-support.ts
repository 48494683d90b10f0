import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { KINDS } from '@/lib/act/kinds'
import type { StreamKind } from '@/lib/act/spec'
import { cosigner } from '@/lib/record/cosignature'
import { formatVkey } from '@/lib/record/note'
import { slugOf } from './act'
import type { Door } from './door'

export type Route = { readonly path: string; readonly method: 'GET' | 'POST'; readonly run: Door }

/** Every route there is, with the function behind it. `[id]` and the like are still in the path. */
export async function everyRoute(): Promise<Route[]> {
  const files = readdirSync('app/api', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('route.ts') && !file.includes('[...unknown]'),
  )
  const found = await Promise.all(
    files.map(async (file) => {
      const module = (await import(join(process.cwd(), 'app/api', file))) as Partial<
        Record<'GET' | 'POST', Door>
      >
      const path = `/api/${file.replace(/\/route\.ts$/, '')}`
      return (['GET', 'POST'] as const).flatMap((method) =>
        module[method] ? [{ path, method, run: module[method] }] : [],
      )
    }),
  )
  return found.flat().sort((a, b) => a.path.localeCompare(b.path))
}

/** The slugs of the commands that have an address. */
export function slugs(kind: StreamKind): string[] {
  return Object.entries(KINDS[kind].commands).flatMap(([name, { doors, creates }]) =>
    doors === 'desk' && !creates ? [slugOf(name)] : [],
  )
}

const reason = 'because of this test'
const change = {
  kind: 'postgres.rotate-password',
  nhi: 'nhi_svc-orders',
  purpose: 'a purpose that is long enough',
}
const request = 'req_1'
const day = '2030-01-01'
const person = { member: 'usr_dev' }
const chat = { ...person, platform: 'slack', team: 'T0HALDEN', user: 'U0DEV' }

const WITNESS = formatVkey(cosigner('witness.example/w1', new Uint8Array(32).fill(3)))

/** One input that fits, for each command with an address. */
export const INPUTS: Readonly<Record<StreamKind, Readonly<Record<string, object>>>> = {
  case: {
    'retitle-case': { title: reason },
    'set-severity': { severity: 'low', reason },
    'raise-trust': { reason },
    'add-comment': { text: reason },
    'correct-entry': { seq: 0, correction: reason },
    'link-nhi': { nhi: 'nhi_svc-orders', reason },
    'unlink-nhi': { nhi: 'nhi_svc-orders', reason },
    'declare-no-nhi': { reason },
    'confirm-case': { criticality: 'high', privilege: 'high', exposure: 'public', note: reason },
    'dismiss-case': { disposition: 'benign', reason },
    'assign-case': { assignee: 'usr_bruno' },
    'accept-assignment': {},
    'decline-assignment': { reason },
    'propose-no-action': { reason },
    'agree-no-action': {},
    'request-exception': { nhi: null, reason, owner: 'usr_dev', until: '2030-01-01T00:00:00.000Z' },
    'grant-exception': { exception: 'exc_1' },
    'refuse-exception': { exception: 'exc_1', reason },
    'advance-case': { to: 'verify' },
    'return-case': { to: 'identify', reason },
    'close-case': { disposition: 'remediated', summary: reason },
    'reopen-case': { to: 'act', reason },
    'propose-action': change,
    'amend-action': { request, reason, ...change },
    'withdraw-action': { request, reason },
    'approve-action': { request, statement: '{}', dwell_ms: 1 },
    'refuse-action': { request, statement: '{}', reason, dwell_ms: 1 },
    'start-execution': { request },
    'invoke-break-glass': {
      request,
      reason: 'the approver sleeps, and it burns',
      statement: '{}',
      passkey: null,
    },
    'review-break-glass': { request, outcome: 'justified', note: 'x' },
    'settle-execution': { request, outcome: 'failed', evidence: ['0'.repeat(64)], note: 'x' },
    'request-probe': { request },
    'request-erasure': { seqs: [0], reason },
    'agree-erasure': { erasure: 'era_1' },
    'refuse-erasure': { erasure: 'era_1', reason },
    'place-hold': { reason },
    'lift-hold': { hold: 'hld_1', reason },
    'record-verification': { request, outcome: 'passed', evidence: ['0'.repeat(64)] },
  },
  nhi: {
    'describe-nhi': { purpose: reason },
    'change-owner': { owner: 'usr_ivo', reason },
    'register-credential': { kind: 'password', fingerprint: 'a'.repeat(64), label: reason },
    'retire-credential': { credential: 'crd_1', reason },
    'enroll-key': {
      use: 'sig',
      jwk: {
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      },
    },
    'revoke-key': { kid: 'a'.repeat(43), reason },
    'review-nhi': { outcome: 'keep', note: reason },
    'disable-nhi': { reason },
    'enable-nhi': { reason },
  },
  registry: {
    'add-member': { name: reason, email: 'somebody@halden.example', roles: ['reporter'] },
    'change-roles': { ...person, roles: ['admin'], reason },
    'remove-member': { ...person, reason },
    'restore-member': { ...person, reason },
    'unlink-member': chat,
    'revoke-passkey': { credential_id: 'AAAA', reason },
    'connect-chat': { platform: 'slack', team: 'T0HALDEN', team_name: 'Halden', bot_user: 'U0BOT' },
    'disconnect-chat': { platform: 'slack', team: 'T0HALDEN', reason },
    'add-witness': { vkey: WITNESS, url: 'https://witness.example' },
    'remove-witness': { vkey: WITNESS, reason },
    'set-witness-quorum': { quorum: 1, reason },
    'hold-organisation': { reason },
    'release-organisation': { hold: 'hld_1', reason },
    'propose-retention': { days: 365, what: ['messages'] },
    'agree-retention': { rule: 'ret_1' },
    'refuse-retention': { rule: 'ret_1', reason },
    'stop-retention': { rule: 'ret_1', reason },
    'register-connector': {
      connector: 'https://record.example/connectors/x',
      kind: 'postgres',
      executor: 'nhi_executor-postgres',
      definition: `sha256:${'b'.repeat(64)}`,
      system: 'orders',
      environment: 'production',
    },
  },
}

export const profileInput = {
  kind: 'api-key',
  name: 'x',
  system: 'y',
  account: 'z',
  environment: 'staging',
  privilege: 'read',
  reach: 'x',
  criticality: 'low',
  domain: 'x',
  purpose: day,
  owner: 'usr_dev',
}
