import { equal } from '../bytes'
import type { Checkpoint } from '../checkpoint'
import { sha256 } from '../digest'
import { orNull } from '../malformed'
import { applyPolicy } from '../policy-file'
import { verifyConsistency } from '../proof'
import { parseTimestamp } from '../timestamp'
import { parseAddCheckpoint } from '../witness'
import type { Context } from './context'
import { below, readAnyText, readBytes } from './reader'
import type { Restart } from './registry'
import { checkBefore } from './restart'
import { type Head, readNote, type Trust } from './trust'

const CONSISTENCY = 'data/log/consistency/'
const ANCHORS = 'data/anchors/'

type Older = { readonly head: Head; readonly file: string; readonly isKept: boolean }
type Proofs = ReadonlyMap<number, { readonly path: readonly Uint8Array[]; readonly file: string }>

export type History = {
  readonly older: readonly Older[]
  readonly proofs: Proofs
  readonly sizes: ReadonlySet<number>
}

/** Older heads of the same log: anchors in the bundle, and checkpoints that the auditor kept. */
export async function readHistory(context: Context, trust: Trust): Promise<History> {
  const proofs = await readProofs(context, trust)
  const older = [...(await readAnchors(context)), ...readKept(context)]
  const sizes = new Set([...older.map(({ head }) => head.checkpoint.size), ...proofs.keys()])
  return { older, proofs, sizes }
}

/** Every older head has to be an earlier state of this very log, or history was rewritten: RFC 9162 2.1.4. */
export function checkHistory(
  context: Context,
  trust: Trust,
  { older, proofs }: History,
  roots: ReadonlyMap<number, Uint8Array>,
  restart: Restart | null,
): void {
  const now = trust.head?.checkpoint
  if (!now) return
  for (const { head, file, isKept } of older) {
    if (isKept && checkBefore(context.report, head.checkpoint, restart, { file })) continue
    checkOlder(context, trust, now, head, file, isKept, proofs, roots)
  }
  for (const [size, { path, file }] of proofs) {
    const root = roots.get(size)
    if (!root || verifyConsistency({ old: { size, root }, now, path })) continue
    context.report.add(
      'consistency.malformed',
      `${file} doesn't show that the log of ${size} grew into this one.`,
      { file },
    )
  }
}

function checkOlder(
  { report }: Context,
  { policy }: Trust,
  now: Checkpoint,
  { note, checkpoint: old }: Head,
  file: string,
  isKept: boolean,
  proofs: Proofs,
  roots: ReadonlyMap<number, Uint8Array>,
): void {
  const where = { file }
  const isSigned = policy === null || applyPolicy(policy, old.origin, note).log === 'signed'
  if (!isSigned)
    report.add(
      isKept ? 'kept.not_signed' : 'anchor.not_signed',
      'The log did not sign this checkpoint.',
      where,
    )
  switch (compare(old, now, proofs, roots)) {
    case 'same-history':
      if (isKept)
        report.add('kept.consistent', `The log of ${old.size} that you kept grew into this one.`, where)
      return
    case 'forked':
      report.add(
        'log.forked',
        `The log of ${old.size} entries did not grow into this one: history was rewritten.`,
        where,
      )
      return
    case 'not-comparable': {
      const sentence = `Nothing in the bundle shows how the log of ${old.size} entries relates to this one of ${now.size}.`
      report.add(isKept ? 'kept.not_comparable' : 'anchor.not_comparable', sentence, where)
    }
  }
}

function compare(
  old: Checkpoint,
  now: Checkpoint,
  proofs: Proofs,
  roots: ReadonlyMap<number, Uint8Array>,
): 'same-history' | 'forked' | 'not-comparable' {
  if (old.origin !== now.origin || old.size > now.size) return 'not-comparable'
  const root = old.size === now.size ? now.root : roots.get(old.size)
  if (root) return equal(root, old.root) ? 'same-history' : 'forked'
  const path = old.size === 0 ? [] : proofs.get(old.size)?.path
  if (!path) return 'not-comparable'
  return verifyConsistency({ old, now, path }) ? 'same-history' : 'forked'
}

async function readProofs({ reader, report }: Context, { head }: Trust): Promise<Proofs> {
  const proofs = new Map<number, { path: readonly Uint8Array[]; file: string }>()
  for (const { path, name } of below(reader, CONSISTENCY)) {
    const source = (await readAnyText(reader, path)) ?? ''
    const request = orNull(() => parseAddCheckpoint(source))
    const isNamed = request && name === `${request.old}-${request.checkpoint.size}`
    if (request && isNamed && request.note.text === head?.note.text) {
      proofs.set(request.old, { path: request.proof, file: path })
    } else
      report.add('consistency.malformed', `${path} is not a proof for this bundle's checkpoint.`, {
        file: path,
      })
  }
  return proofs
}

async function readAnchors(context: Context): Promise<Older[]> {
  const { reader, report } = context
  const anchors: Older[] = []
  for (const { path, name } of below(reader, ANCHORS)) {
    if (name.endsWith('.tsr')) await checkTimestamp(context, path)
    if (!name.endsWith('.checkpoint')) continue
    const source = (await readAnyText(reader, path)) ?? ''
    const head = orNull(() => readNote(source))
    if (head && name === `${head.checkpoint.size}.checkpoint`)
      anchors.push({ head, file: path, isKept: false })
    else report.add('anchor.malformed', `${path} is not a checkpoint of that size.`, { file: path })
  }
  return anchors
}

function readKept({ report, options }: Context): Older[] {
  return (options.checkpoints ?? []).flatMap((source, i) => {
    const file = `your checkpoint ${i + 1}`
    const head = orNull(() => readNote(source))
    if (head) return [{ head, file, isKept: true }]
    report.add('kept.not_signed', 'This is not a signed checkpoint.', { file })
    return []
  })
}

/** RFC 3161: what was timestamped is this checkpoint. The authority's signature is for `openssl ts -verify`. */
async function checkTimestamp({ reader, report }: Context, path: string): Promise<void> {
  const where = { file: path }
  const [token, stamped] = [
    await readBytes(reader, path),
    await readBytes(reader, path.replace(/tsr$/, 'checkpoint')),
  ]
  const timestamp = token && orNull(() => parseTimestamp(token))
  if (!timestamp || !stamped || !equal(timestamp.imprint, sha256(stamped))) {
    report.add('anchor.timestamp_mismatch', 'This timestamp is not one of the checkpoint beside it.', where)
    return
  }
  const sentence = `An authority says that it saw this checkpoint at ${timestamp.time}; check its signature with openssl ts -verify.`
  report.add('anchor.timestamp_unchecked', sentence, where)
}
