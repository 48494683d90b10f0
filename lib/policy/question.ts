import type { StreamKind } from '../act/spec'
import type { Actor, PersonRole } from '../identity/actor'

/**
 * All that a policy may look at. Strings, integers, booleans and sets of strings only: Cedar has no null and no fractions,
 * so an absent value is left out.
 */
export type Question = {
  readonly actor: Actor
  /** For an agent that acts on somebody's behalf: that member, whose rights decide too. Left out, such an agent may do nothing. */
  readonly behalf?: { readonly id: string; readonly roles: readonly PersonRole[] }
  /** The command's name: the Cedar action. `viewCase`, `viewNhi`, `viewHistory`, `viewSettings`, `viewSealedSecret`, `hearChanges` for reads. */
  readonly command: string
  readonly resource: {
    readonly kind: StreamKind
    readonly id: string
    readonly org: string
    readonly stage?: string
    readonly severity?: string
    readonly lane?: string
    /** The trust of the case's snapshot, or `vouched` once somebody raised it. Absent counts as unproved. */
    readonly trust?: string
    readonly assignee?: string
    /** The accountable person. */
    readonly promoter?: string
    /** Owners and backup owners of the NHIs that the case touches, or of the NHI itself. */
    readonly owners: readonly string[]
  }
  readonly context: {
    readonly now: string
    /** Seconds since the actor signed in. */
    readonly session_age: number
    /** The accountable person who proposed what is to be agreed to (`grantException`, `agreeNoAction`). */
    readonly proposer?: string
    /** The enrolled passkey that the command brings, or is about. */
    readonly passkey?: { readonly owner: string; readonly revoked: boolean }
    /** Of the action that the command is about. */
    readonly request?: {
      readonly kind: string
      readonly tier: string
      readonly environment: string
      /** The actor who asked, which may be an agent ... */
      readonly requester: string
      /** ... and the person who answers for it; the requester itself when left out. */
      readonly requester_accountable?: string
      /** The executor's id. */
      readonly executor: string
      readonly executor_owner: string
      readonly target_owner?: string
      readonly target_backup_owner?: string
      /** Who let the executor go ahead. */
      readonly starter?: string
      /** Who broke the glass for it. */
      readonly invoker?: string
      readonly approvals: number
      /** Who has approved it as it stands. */
      readonly approvers?: readonly string[]
    }
  }
}

export type Decision = {
  readonly permitted: boolean
  /** The ids of the policies that determined it; on a refusal by default, `default.deny`. */
  readonly rules: readonly string[]
  readonly bundle: string
  readonly decision_id: string
  /** The sentences above the rules that forbade, for the refusal. */
  readonly reasons: readonly string[]
}

/** A loaded, validated policy set. `authorize` denies by default and whenever the engine reports an error. */
export type PolicySet = {
  /** `sha256:` and the digest of the policies' and schema's texts. */
  readonly bundle: string
  readonly authorize: (question: Question, decisionId: string) => Decision
}
