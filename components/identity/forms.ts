import type { Field, Forms } from '../form/form'
import { description } from './description'

const reason: Field = { kind: 'text', name: 'reason', label: 'Why' }

/** The dialogs of an identity's commands. */
export const nhiForms: Forms = {
  describeNhi: ({ nhi }) => ({
    title: 'Correct the description',
    submit: 'Correct',
    done: 'Corrected',
    fields: description(nhi),
  }),
  changeOwner: ({ nhi }) => ({
    title: 'Hand it over',
    intro: 'The new owner answers for it from now on: for its approvals, its reviews and its findings.',
    submit: 'Hand over',
    done: 'Handed over',
    fields: [
      { kind: 'person', name: 'owner', label: 'New owner' },
      {
        kind: 'person',
        name: 'backup_owner',
        label: 'Backup owner',
        optional: true,
        initial: nhi?.backup_owner?.id ?? '',
      },
      reason,
    ],
  }),
  reviewNhi: () => ({
    title: 'Review it',
    intro: 'Is it still needed, as it is?',
    submit: 'Record the review',
    done: 'Reviewed',
    fields: [
      {
        kind: 'choice',
        name: 'outcome',
        label: 'Outcome',
        options: [
          { value: 'keep', label: 'Keep', hint: 'Needed as it is.' },
          { value: 'reduce', label: 'Reduce', hint: 'Needed, with less.' },
          { value: 'remove', label: 'Remove', hint: 'Not needed any more.' },
        ],
      },
      { kind: 'text', name: 'note', label: 'What you looked at', max: 4_000 },
    ],
  }),
  registerCredential: () => ({
    title: 'Register a credential',
    intro: 'Never the secret: its keyed fingerprint, so that a leaked one finds its identity by itself.',
    submit: 'Register',
    done: 'Registered',
    fields: [
      { kind: 'line', name: 'kind', label: 'Kind', hint: 'e.g. password, api key', max: 100 },
      {
        kind: 'line',
        name: 'fingerprint',
        label: 'Fingerprint',
        hint: '64 hexadecimal digits, as the fingerprint command prints them.',
        max: 64,
        mono: true,
      },
      { kind: 'line', name: 'label', label: 'Where it is kept' },
      { kind: 'day', name: 'expires_on', label: 'Expires on', optional: true },
    ],
  }),
  retireCredential: ({ about }) => ({
    title: 'Retire the credential',
    intro: 'It is recorded as no longer working.',
    submit: 'Retire',
    done: 'Retired',
    fields: [reason],
    fixed: { credential: about },
  }),
  enrollKey: () => ({
    title: 'Enroll a key',
    intro: 'The public half of a key pair that the identity made itself. The private half never comes here.',
    submit: 'Enroll',
    done: 'Enrolled',
    fields: [
      {
        kind: 'choice',
        name: 'use',
        label: 'For',
        options: [
          { value: 'sig', label: 'signing in' },
          { value: 'enc', label: 'receiving sealed secrets' },
        ],
      },
      { kind: 'json', name: 'jwk', label: 'Public key (JWK)', rows: 6 },
    ],
  }),
  revokeKey: ({ about }) => ({
    title: 'Revoke the key',
    intro: 'What it signs is refused from now on.',
    submit: 'Revoke',
    danger: true,
    done: 'Revoked',
    fields: [reason],
    fixed: { kid: about },
  }),
  disableNhi: ({ nhi }) => ({
    title: `Stop ${nhi?.name ?? 'it'} at once`,
    intro:
      'Its warrants are revoked and its requests blocked within seconds. It can be enabled again, with a reason.',
    submit: 'Stop it',
    danger: true,
    done: 'Stopped',
    fields: [reason],
  }),
  enableNhi: ({ nhi }) => ({
    title: `Let ${nhi?.name ?? 'it'} act again`,
    submit: 'Enable',
    done: 'Enabled',
    fields: [reason],
  }),
}
