import type { Action, Outcome, Plan } from '../action/event'
import type { Json } from '../record/canonical'
import type { Change, revertOf } from './schemas'

/** What a receipt or a probe's report carries beyond its sentence: becomes evidence. Never a secret. */
export type Facts = { readonly [name: string]: Json }

/** An action that was admitted: known kind, checked parameters, a target on the list (see registry.ts). */
export type Work = {
  readonly action: Action
  readonly change: Change
  /** `sha256:..` of the action, recomputed here. */
  readonly digest: string
  /** The case's leaked secrets; opened only when asked for, and only the executor can. */
  readonly leaked: () => Promise<readonly string[]>
}

/** The redeemed warrant: what it allows has been checked, this is until when. */
export type Authority = { readonly jti: string /** Milliseconds since 1970. */; readonly expires: number }

export type Effect = { readonly outcome: Outcome; readonly summary: string; readonly result: Facts }

export type Observation = {
  readonly outcome: 'effective' | 'not-effective' | 'unknown'
  readonly summary: string
  readonly result: Facts
}

/** The dry run can't promise anything, for this reason: the action can't be approved as it is. */
export type PlanFailure = { readonly failed: true; readonly reason: string }

/** One connector instance: one target system in one environment. Nothing here throws for what the target answers. */
export type Connector = {
  /** URL-shaped: the only audience of a warrant that it accepts. */
  readonly name: string
  /** Why this action is none of this connector's business, decided without any network; null when it is. */
  readonly refuses: (action: Action, change: Change) => string | null
  readonly plan: (work: Work) => Promise<Plan | PlanFailure>
  /** Does it, once per `jti` for ever, and says how it ended; `unknown` only when even looking afterwards did not work. */
  readonly execute: (work: Work, authority: Authority) => Promise<Effect>
  /** How an interrupted `execute` of this `jti` ended, by looking. Never does it again, and makes sure that it can't happen later. */
  readonly reconcile: (work: Work, jti: string) => Promise<Effect>
  /** Changes nothing. */
  readonly probe: (work: Work) => Promise<Observation>
  readonly revert: typeof revertOf
  /** Removes what an interrupted run left behind. */
  readonly tidy: () => Promise<void>
}
