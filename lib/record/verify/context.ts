import type { Watched } from './progress'
import type { Files } from './reader'
import type { Reporter } from './report'

/** What the auditor brings along. All of it is optional, and all of it matters: the bundle can't vouch for itself. */
export type VerifyOptions = {
  /** C2SP tlog-policy: the log keys and witnesses that the auditor trusts. */
  readonly policy?: string | undefined
  /** Checkpoints of this log that the auditor kept from before: signed notes. */
  readonly checkpoints?: readonly string[] | undefined
  /** OpenSSH's ALLOWED SIGNERS: who may sign a bundle. */
  readonly allowedSigners?: string | undefined
}

export type Context = {
  readonly reader: Files
  readonly report: Reporter
  readonly options: VerifyOptions
  /** Says which step of the work begins, and how many bytes it will read. */
  readonly begin: Watched['begin']
}
