import { z } from 'zod'
import { ACTION_KINDS, type Action, type ActionKind } from '../action/event'
import { roleName } from './postgres/names'

const endSessions = z.strictObject({
  /** Also end the sessions that are open now: they have outlived their credential. */
  end_sessions: z.boolean().default(false),
})
const group = z.strictObject({ group: roleName })

/**
 * Each kind of action with the parameters that it takes, and no others. The target is not among them: it is the action's own.
 * Pure: whoever proposes an action and whoever carries it out parse it with the same schema.
 */
const PARAMS = {
  'postgres.rotate-password': endSessions,
  'postgres.disable-login': endSessions,
  'postgres.enable-login': z.strictObject({}),
  'postgres.revoke-membership': group,
  'postgres.grant-membership': group,
} as const satisfies Record<ActionKind, z.ZodType>

export type ParamsOf<Kind extends ActionKind> = z.output<(typeof PARAMS)[Kind]>

/** A kind and its parameters, checked: the union over all kinds. */
export type Change = {
  [Kind in ActionKind]: { readonly kind: Kind; readonly params: ParamsOf<Kind> }
}[ActionKind]

export type ParamsProblem = { readonly field: string; readonly sentence: string }

/** What was asked for as a checked change, or the first thing wrong with it. An unknown kind is refused like a wrong parameter. */
export function parseChange(kind: string, params: unknown): Change | ParamsProblem {
  if (!isKind(kind)) return { field: 'kind', sentence: `No connector can do ${JSON.stringify(kind)}.` }
  const parsed = PARAMS[kind].safeParse(params)
  if (parsed.success) return { kind, params: parsed.data } as Change
  const [issue] = parsed.error.issues
  return {
    field: ['params', ...(issue?.path ?? [])].join('.'),
    sentence: issue?.message ?? 'The parameters are not valid.',
  }
}

export function isProblem(value: Change | ParamsProblem): value is ParamsProblem {
  return 'sentence' in value
}

function isKind(kind: string): kind is ActionKind {
  return (ACTION_KINDS as readonly string[]).includes(kind)
}

/** The action that undoes this one, to be proposed and approved like any other; null where there is no way back. */
export function revertOf(action: Pick<Action, 'kind' | 'params'>): Pick<Action, 'kind' | 'params'> | null {
  switch (action.kind) {
    case 'postgres.rotate-password':
      return null
    case 'postgres.disable-login':
      return { kind: 'postgres.enable-login', params: {} }
    case 'postgres.enable-login':
      return { kind: 'postgres.disable-login', params: { end_sessions: false } }
    case 'postgres.revoke-membership':
      return { kind: 'postgres.grant-membership', params: action.params }
    case 'postgres.grant-membership':
      return { kind: 'postgres.revoke-membership', params: action.params }
  }
}
