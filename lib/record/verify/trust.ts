import { type Checkpoint, parseCheckpoint } from '../checkpoint'
import { isMalformed } from '../malformed'
import { type Note, parseNote } from '../note'
import { applyPolicy, parsePolicy, type TrustPolicy } from '../policy-file'
import type { Context } from './context'
import { readText } from './reader'
import type { Where } from './report'

export const CHECKPOINT = 'data/log/checkpoint'
const POLICY = 'data/log/policy'

export type Head = { readonly note: Note; readonly checkpoint: Checkpoint }

export type Trust = {
  readonly head: Head | null
  readonly policy: TrustPolicy | null
  /** Whether the policy is the auditor's own. */
  readonly isIndependent: boolean
  /** The names of the witnesses whose cosignature is good. */
  readonly witnesses: readonly string[]
}

/** Who vouches for the log's head: its key, and witnesses outside the operator's reach. */
export async function checkTrust(context: Context): Promise<Trust> {
  const head = await readHead(context)
  const isIndependent = context.options.policy !== undefined
  const policy = await readPolicy(context)
  if (head === null || policy === null) return { head, policy, isIndependent, witnesses: [] }
  const witnesses = judge(context, policy, head)
  if (!isIndependent) {
    const sentence =
      "Not independent: log key and witnesses are checked against the bundle's own copy of the policy."
    context.report.add('policy.not_independent', sentence, { file: POLICY })
  }
  return { head, policy, isIndependent, witnesses }
}

function judge({ report }: Context, policy: TrustPolicy, { note, checkpoint }: Head): string[] {
  const where: Where = { file: CHECKPOINT }
  const { log, cosigned, forged, quorum } = applyPolicy(policy, checkpoint.origin, note)
  if (log === 'bad_signature')
    report.add('checkpoint.bad_signature', "The log's signature on its head is wrong.", where)
  if (log === 'not_signed') {
    report.add(
      'checkpoint.not_signed',
      `The head of ${checkpoint.origin} isn't signed by a key that the policy trusts.`,
      where,
    )
  }
  for (const name of forged)
    report.add('witness.forged', `The cosignature of witness ${name} is wrong.`, where)
  if (quorum === 'not_met')
    report.add(
      'witness.quorum_not_met',
      `Too few witnesses: ${[...cosigned.keys()].join(', ') || 'none'}.`,
      where,
    )
  if (quorum === 'none')
    report.add(
      'witness.none',
      'The policy asks for no witness: only the operator vouches for the log.',
      where,
    )
  return quorum === 'met' ? [...cosigned.keys()] : []
}

async function readHead({ reader, report }: Context): Promise<Head | null> {
  try {
    const source = await readText(reader, CHECKPOINT)
    if (source !== null) return readNote(source)
    report.add('log.not_shown', 'There is no checkpoint: nothing shows that the events were in a log.', {
      file: CHECKPOINT,
    })
  } catch (thrown) {
    if (!isMalformed(thrown)) throw thrown
    report.add('checkpoint.malformed', thrown.message, { file: CHECKPOINT })
  }
  return null
}

/** @throws Malformed */
export function readNote(source: string): Head {
  const note = parseNote(source)
  return { note, checkpoint: parseCheckpoint(note.text) }
}

async function readPolicy({ reader, report, options }: Context): Promise<TrustPolicy | null> {
  try {
    const source = options.policy ?? (await readText(reader, POLICY))
    if (source !== null) return parsePolicy(source)
    report.add('policy.missing', 'There is no policy: nothing says whose signatures to look for.', {
      file: POLICY,
    })
  } catch (thrown) {
    if (!isMalformed(thrown)) throw thrown
    report.add('policy.malformed', thrown.message, {
      file: options.policy === undefined ? POLICY : 'your policy',
    })
  }
  return null
}
