import type { Action, ActionKind } from '../action/event'

type Param = { name: string; label: string; hint: string; flag?: boolean }

const END: Param = {
  name: 'end_sessions',
  label: 'End the sessions that are open now',
  hint: 'They have outlived their credential; whoever holds one can stay in until it ends.',
  flag: true,
}

/** What each kind of action does, in words, and the parameters it asks for. */
export const KINDS: Record<ActionKind, { verb: string; label: string; hint: string; params: Param[] }> = {
  'postgres.rotate-password': {
    verb: 'rotate the password of',
    label: 'Rotate the password',
    hint: 'A new random password, put in the vault. The old one stops working.',
    params: [END],
  },
  'postgres.disable-login': {
    verb: 'disable the login of',
    label: 'Disable the login',
    hint: 'Nothing can sign in as this role until it is enabled again.',
    params: [END],
  },
  'postgres.enable-login': {
    verb: 'enable the login of',
    label: 'Enable the login',
    hint: 'Undoes a disabled login.',
    params: [],
  },
  'postgres.revoke-membership': {
    verb: 'take a membership from',
    label: 'Take a membership away',
    hint: 'The role loses what the group may do.',
    params: [
      {
        name: 'group',
        label: 'Group',
        hint: 'The role of the server that it is taken out of, e.g. orders_admin.',
      },
    ],
  },
  'postgres.grant-membership': {
    verb: 'give a membership to',
    label: 'Give a membership',
    hint: 'Undoes a membership taken away.',
    params: [{ name: 'group', label: 'Group', hint: 'The role of the server that it is put into.' }],
  },
}

/** `rotate the password of svc-orders (production)`, with its parameters if it has any. */
export function actionWords(action: Action): string {
  const params = Object.entries(action.params).flatMap(([key, value]) =>
    value === false ? [] : [value === true ? key.replaceAll('_', ' ') : `${key} ${String(value)}`],
  )
  const verb = KINDS[action.kind]?.verb ?? `run ${action.kind} on`
  return `${verb} ${action.target.name} (${[action.target.environment, ...params].join(', ')})`
}
