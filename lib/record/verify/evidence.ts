import type { Measure } from './bag'
import type { Context } from './context'
import type { EvidenceFact, Facts } from './facts'
import { untold } from './redactions'

const EVIDENCE = 'data/evidence/'

/** By the digest that they are named after: of one name there may be several files, with different extensions. */
type Files = Map<string, (Measure & { readonly path: string })[]>

/** Each piece of evidence is there, byte for byte, or its absence is on record; and nothing is there that isn't on record. */
export function checkEvidence(context: Context, facts: Facts, measures: ReadonlyMap<string, Measure>): void {
  const files: Files = new Map()
  for (const [path, measure] of measures) {
    if (!path.startsWith(EVIDENCE)) continue
    const digest = path.slice(EVIDENCE.length).split('.')[0] ?? ''
    files.set(digest, [...(files.get(digest) ?? []), { ...measure, path }])
  }
  for (const attached of facts.attached)
    checkAttached(context, facts, attached, files.get(attached.sha256) ?? [])
  checkUnrecorded(context, facts, files)
}

function checkAttached(
  { report }: Context,
  { withheld }: Facts,
  { sha256, bytes, isSealed, where }: EvidenceFact,
  files: readonly (Measure & { readonly path: string })[],
): void {
  if (files.length === 0) {
    if (isSealed || withheld.has(sha256))
      report.add('evidence.withheld', `The evidence ${sha256} is withheld, on record.`, where)
    else
      report.add('evidence.missing', `The evidence ${sha256} is neither there nor withheld on record.`, where)
  }
  for (const file of files) {
    if (file.digest === sha256 && (bytes === null || file.bytes === bytes)) continue
    report.add('evidence.altered', `${file.path} is not the evidence that was attached.`, where)
  }
}

function checkUnrecorded({ report }: Context, { attached, erased }: Facts, files: Files): void {
  const recorded = new Set(attached.map(({ sha256 }) => sha256))
  for (const [digest, [file]] of files) {
    if (!file || recorded.has(digest)) continue
    const sentence = `${file.path} was never attached on the record.`
    if (erased.length > 0) untold(report, sentence, { file: file.path })
    else report.add('evidence.unrecorded', sentence, { file: file.path })
  }
}
