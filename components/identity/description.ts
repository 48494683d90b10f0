import type { NhiFile } from '@/lib/act/view/nhi'
import { ENVIRONMENTS, NHI_KINDS, PRIVILEGES } from '@/lib/nhi/event'
import type { Field, Form, Option } from '../form/form'

const plain = (names: readonly string[]): Option[] =>
  names.map((name) => ({ value: name, label: name.replaceAll('-', ' ') }))

/** What people may say about an identity. */
export function description(file?: NhiFile): Field[] {
  const is = (name: keyof NhiFile['profile']) => String(file?.profile[name] ?? '')
  return [
    { kind: 'line', name: 'name', half: true, label: 'Name', initial: is('name') },
    {
      kind: 'line',
      name: 'system',
      half: true,
      label: 'System',
      hint: 'Where it works, e.g. orders.',
      initial: is('system'),
      max: 100,
    },
    {
      kind: 'line',
      name: 'account',
      half: true,
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
    { kind: 'line', name: 'domain', half: true, label: 'Data domain', max: 100, initial: is('domain') },
    { kind: 'text', name: 'purpose', label: 'What it is for', rows: 2, max: 1_000, initial: is('purpose') },
    {
      kind: 'day',
      name: 'expires_on',
      half: true,
      label: 'Expires on',
      optional: true,
      initial: file?.profile.expires_on ?? '',
    },
    {
      kind: 'number',
      name: 'review_days',
      half: true,
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
    { kind: 'select', name: 'kind', half: true, label: 'Kind', options: plain(NHI_KINDS) },
    ...description(),
    { kind: 'person', name: 'owner', half: true, label: 'Owner' },
    { kind: 'person', name: 'backup_owner', half: true, label: 'Backup owner', optional: true },
  ],
}
