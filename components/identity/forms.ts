import type { NhiFile } from '@/lib/act/view'
import { ENVIRONMENTS, NHI_KINDS, PRIVILEGES } from '@/lib/nhi/event'
import type { Field, Form, Forms, Option } from '../form/form'

const plain = (names: readonly string[]): Option[] =>
  names.map((name) => ({ value: name, label: name.replaceAll('-', ' ') }))
const reason: Field = { kind: 'text', name: 'reason', label: 'Why' }

function description(file?: NhiFile): Field[] {
  const is = (name: keyof NhiFile['profile']) => String(file?.profile[name] ?? '')
  return [
    { kind: 'line', name: 'name', label: 'Name', initial: is('name') },
    {
      kind: 'line',
      name: 'system',
      label: 'System',
      hint: 'Where it works, e.g. orders.',
      initial: is('system'),
      max: 100,
    },
    {
      kind: 'line',
      name: 'account',
      label: 'Account',
      hint: 'Its name in that system, e.g. the database role.',
      initial: is('account'),
      mono: true,
    },
    {
      kind: 'choice',
      name: 'environment',
      label: 'Environment',
      options: plain(ENVIRONMENTS),
      initial: is('environment'),
    },
    {
      kind: 'choice',
      name: 'privilege',
      label: 'What it may do',
      options: plain(PRIVILEGES),
      initial: is('privilege'),
    },
    {
      kind: 'text',
      name: 'reach',
      label: 'What that reaches',
      hint: 'In words, separated by semicolons: this is drawn.',
      rows: 2,
      max: 1_000,
      initial: is('reach'),
    },
    {
      kind: 'choice',
      name: 'criticality',
      label: 'Criticality',
      options: plain(['low', 'moderate', 'high', 'tier-0']),
      initial: is('criticality'),
    },
    { kind: 'line', name: 'domain', label: 'Data domain', max: 100, initial: is('domain') },
    { kind: 'text', name: 'purpose', label: 'What it is for', rows: 2, max: 1_000, initial: is('purpose') },
    {
      kind: 'day',
      name: 'expires_on',
      label: 'Expires on',
      optional: true,
      initial: file?.profile.expires_on ?? '',
    },
    {
      kind: 'number',
      name: 'review_days',
      label: 'Reviewed every … days',
      initial: is('review_days') || '90',
    },
  ]
}

export const registerForm: Form = {
  title: 'Register an identity',
  intro: 'Every service account, key, bot, workload and agent has one person who answers for it.',
  submit: 'Register',
  done: 'Registered',
  fields: [
    { kind: 'select', name: 'kind', label: 'Kind', options: plain(NHI_KINDS) },
    ...description(),
    { kind: 'person', name: 'owner', label: 'Owner' },
    { kind: 'person', name: 'backup_owner', label: 'Backup owner', optional: true },
  ],
}

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
