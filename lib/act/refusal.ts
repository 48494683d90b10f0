/** A refusal's code: stable, part of the API, mapped to an HTTP status in one place (`app/_doors/answer.ts`). */
export type RefusalCode =
  | 'invalid' // the input does not parse: nothing was recorded
  | 'not_found' // no such thing, or not yours to see
  | 'forbidden' // policy says no: recorded
  | 'separation_of_duties' // somebody else must do it: recorded
  | 'assurance_required' // sign in again, or sign with a passkey
  | 'wrong_stage' // the case is not where this belongs
  | 'gate' // something is still missing
  | 'conflict' // the case has moved on since you looked, or the key was used for something else
  | 'stale' // what you are acting on has been amended, has expired, or was withdrawn
  | 'duplicate' // it is already on record; `existing` says where
  | 'held' // a legal hold keeps it
  | 'not_erasable' // it is structure: nothing that somebody merely said
  | 'not_sealed' // the approvals are not in the log yet: try again in a second
  | 'not_witnessed' // the action is critical, and too few witnesses have signed for its approvals yet
  | 'too_large'
  | 'unsupported'
  | 'rate_limited'
  | 'unavailable' // the database or a dependency does not answer: nothing was done

/** One thing that is still missing, by name, with the command that supplies it. */
export type Missing = { readonly name: string; readonly sentence: string; readonly command: string }

/** An expected no: what happened, in a sentence, and what would change it. */
export type Refusal = {
  readonly refused: true
  readonly code: RefusalCode
  /** What happened and why, for the person who reads it. */
  readonly sentence: string
  /** What would change it. */
  readonly remedy: string
  readonly missing?: readonly Missing[]
  /** Where the thing already is (`duplicate`), e.g. a case id. */
  readonly existing?: string
  /** The path of the offending field (`invalid`). */
  readonly field?: string
  /** The Cedar policies that decided (`forbidden`). */
  readonly rules?: readonly string[]
  /** The stream's present version (`conflict`). */
  readonly version?: number
}

type Details = Pick<Refusal, 'missing' | 'existing' | 'field' | 'rules' | 'version'>

export function refuse(code: RefusalCode, sentence: string, remedy: string, details: Details = {}): Refusal {
  return { refused: true, code, sentence, remedy, ...details }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && value.refused === true
}
