import { type Actor, accountable } from '@/lib/identity/actor'
import type { NhiCommand } from '@/lib/nhi/command'
import type { Nhi } from '@/lib/nhi/nhi'

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
    { command: 'reviewNhi', input: { outcome: 'keep', note: reason } },
    state.disabled
      ? { command: 'enableNhi', input: { reason } }
      : { command: 'disableNhi', input: { reason } },
  ]
}
