import { PERSON_ROLES } from '@/lib/identity/actor'
import { ENVIRONMENTS } from '@/lib/nhi/event'
import type { Forms, Option } from '../form/form'
import { organisationErasureForms } from './forms-erasure'

const ROLES: Record<(typeof PERSON_ROLES)[number], string> = {
  reporter: 'promotes findings, comments, answers for what they own',
  analyst: 'triages, confirms, assigns, works and verifies cases',
  approver: 'decides on changes and exceptions they did not ask for',
  auditor: 'reads everything, exports, changes nothing',
  admin: 'members, chat, connectors; approves nothing',
}
const roles: Option[] = PERSON_ROLES.map((role) => ({ value: role, label: role, hint: ROLES[role] }))
/** As in lib/registry/rotate-keys.ts. */
const OVERLAP: Record<string, string> = {
  log: '720, thirty days',
  export: '24',
  warrant: '1',
  token: '1',
}
const reason = { kind: 'text', name: 'reason', label: 'Why' } as const

/** The dialogs of what concerns the organisation as a whole. */
export const registryForms: Forms = {
  ...organisationErasureForms,
  addMember: () => ({
    title: 'Add a member',
    intro: 'Rights come from this list, never from membership in a chat channel.',
    submit: 'Add',
    done: 'Added',
    fields: [
      { kind: 'line', name: 'name', label: 'Name' },
      { kind: 'line', name: 'email', label: 'E-mail address', hint: 'As the sign-in knows it.', max: 254 },
      { kind: 'many', name: 'roles', label: 'Roles', options: roles },
      { kind: 'line', name: 'team', label: 'Team', optional: true, max: 100 },
    ],
    fixed: { member: null },
  }),
  changeRoles: ({ about, name }) => ({
    title: `Change the roles of ${name(about)}`,
    intro: 'It holds from their next request.',
    submit: 'Change',
    done: 'Changed',
    fields: [{ kind: 'many', name: 'roles', label: 'Roles', options: roles }, reason],
    fixed: { member: about },
  }),
  removeMember: ({ about, name }) => ({
    title: `Remove ${name(about)}`,
    intro: 'They can do nothing more here. What they own is shown as orphaned until it is handed over.',
    submit: 'Remove',
    danger: true,
    done: 'Removed',
    fields: [reason],
    fixed: { member: about },
  }),
  restoreMember: ({ about, name }) => ({
    title: `Take ${name(about)} back`,
    submit: 'Take back',
    done: 'Restored',
    fields: [reason],
    fixed: { member: about },
  }),
  rotateKey: ({ about }) => ({
    title: `Order a new ${about === 'token' ? 'access-token' : about} key`,
    intro:
      'The process that holds the key makes the new one and publishes it. The old one stays good for the overlap, and is then retired. Nothing has to be started again.',
    submit: 'Order a new key',
    done: 'Ordered',
    fields: [
      {
        kind: 'number',
        name: 'overlap_hours',
        label: 'Overlap in hours',
        hint: `Empty: ${OVERLAP[about ?? ''] ?? 'as usual'}. 0 if the old key may be in somebody else’s hands.`,
        optional: true,
      },
      reason,
    ],
    fixed: { purpose: about },
  }),
  connectChat: () => ({
    title: 'Connect a Slack workspace',
    intro: 'After you have installed the app from the manifest: what its page shows.',
    submit: 'Connect',
    done: 'Connected',
    fields: [
      { kind: 'line', name: 'team', label: 'Workspace id', hint: 'Starts with T.', mono: true },
      { kind: 'line', name: 'team_name', label: 'Workspace name' },
      { kind: 'line', name: 'bot_user', label: 'The app’s user id', hint: 'Starts with U.', mono: true },
    ],
    fixed: { platform: 'slack' },
  }),
  disconnectChat: ({ about }) => ({
    title: 'Disconnect chat',
    intro: 'Cases stay as they are; nothing more comes from or goes to chat.',
    submit: 'Disconnect',
    danger: true,
    done: 'Disconnected',
    fields: [reason],
    fixed: { platform: 'slack', team: about },
  }),
  registerConnector: () => ({
    title: 'Register a connector',
    intro: 'One connector, one system, one environment, one executor.',
    submit: 'Register',
    done: 'Registered',
    fields: [
      {
        kind: 'line',
        name: 'connector',
        label: 'Its name, as an address',
        hint: 'It is the audience of its warrants.',
        max: 300,
        mono: true,
      },
      { kind: 'nhi', name: 'executor', label: 'Executor' },
      {
        kind: 'line',
        name: 'definition',
        label: 'Digest of its definition',
        hint: 'sha256:…, as the executor prints it.',
        mono: true,
      },
      { kind: 'line', name: 'system', label: 'System', max: 100 },
      {
        kind: 'choice',
        name: 'environment',
        label: 'Environment',
        options: ENVIRONMENTS.map((one) => ({ value: one, label: one })),
      },
    ],
    fixed: { kind: 'postgres' },
  }),
  addWitness: () => ({
    title: 'Add a witness',
    intro: 'Both are printed when the other team starts it. From then on it is asked about every checkpoint.',
    submit: 'Add',
    done: 'Added',
    fields: [
      {
        kind: 'line',
        name: 'vkey',
        label: 'Its verifier key',
        hint: 'name+1a2b3c4d+B…',
        max: 300,
        mono: true,
      },
      { kind: 'line', name: 'url', label: 'Its address', hint: 'https://…', max: 300, mono: true },
    ],
  }),
  removeWitness: ({ about }) => ({
    title: `Ask ${about?.split('+')[0]} no more`,
    intro: 'What it signed stays signed. Events to come are witnessed by the others.',
    submit: 'Remove',
    danger: true,
    done: 'Removed',
    fields: [reason],
    fixed: { vkey: about },
  }),
  setWitnessQuorum: ({ about }) => ({
    title: 'How many witnesses must sign',
    intro: 'An event is shown as witnessed once so many of them have signed. It holds for past events, too.',
    submit: 'Change',
    done: 'Changed',
    fields: [{ kind: 'number', name: 'quorum', label: 'Witnesses', initial: about ?? '1' }, reason],
  }),
}
