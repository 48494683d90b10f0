import { type Actor, accountable } from '@/lib/identity/actor'
import type { NhiCommand } from '@/lib/nhi/command'
import type { Nhi } from '@/lib/nhi/nhi'

const NO_KEY = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } as const

/** The commands that an identity's page has buttons for, each with input that fits. */
export function nhiSamples(state: Nhi, viewer: Actor): NhiCommand[] {
  const reason = 'reason'
  return [
    { command: 'describeNhi', input: { purpose: reason } },
    { command: 'changeOwner', input: { owner: accountable(viewer), backup_owner: null, reason } },
    {
      command: 'registerCredential',
      input: { kind: 'password', fingerprint: '0'.repeat(64), label: 'x', expires_on: null },
    },
    {
      command: 'retireCredential',
      input: {
        credential: state.credentials.find((each) => !each.retired)?.credential ?? 'crd_none',
        reason,
      },
    },
    { command: 'enrollKey', input: { jwk: NO_KEY, use: 'sig' } },
    {
      command: 'revokeKey',
      input: { kid: state.keys.find((each) => !each.revoked)?.kid ?? 'A'.repeat(43), reason },
    },
    { command: 'reviewNhi', input: { outcome: 'keep', note: reason } },
    state.disabled
      ? { command: 'enableNhi', input: { reason } }
      : { command: 'disableNhi', input: { reason } },
  ]
}
