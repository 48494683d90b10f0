import type { Measure } from './bag'
import type { Context } from './context'
import type { EvidenceFact, Facts } from './facts'

const EVIDENCE = 'data/evidence/'

/** Each piece of evidence is there, byte for byte, or its absence is on record; and nothing is there that isn't on record. */
export function checkEvidence(context: Context, facts: Facts, measures: ReadonlyMap<string, Measure>): void {
  const files = new Map<string, Measure & { readonly path: string }>()
  for (const [path, measure] of measures) {
    if (path.startsWith(EVIDENCE))
      files.set(path.slice(EVIDENCE.length).split('.')[0] ?? '', { ...measure, path })
  }
  for (const attached of facts.attached) checkAttached(context, facts, attached, files.get(attached.sha256))
  checkUnrecorded(context, facts, files)
}

function checkAttached(
  { report }: Context,
  { withheld }: Facts,
  { sha256, bytes, isSealed, where }: EvidenceFact,
  file: (Measure & { readonly path: string }) | undefined,
): void {
  if (file === undefined) {
    if (isSealed || withheld.has(sha256))
      report.add('evidence.withheld', `The evidence ${sha256} is withheld, on record.`, where)
    else
      report.add('evidence.missing', `The evidence ${sha256} is neither there nor withheld on record.`, where)
  } else if (file.digest !== sha256 || (bytes !== null && file.bytes !== bytes)) {
    report.add('evidence.altered', `${file.path} is not the evidence that was attached.`, where)
  }
}

function checkUnrecorded(
  { report }: Context,
  { attached, erased }: Facts,
  files: ReadonlyMap<string, { readonly path: string }>,
): void {
  if (erased.length > 0) return
  const recorded = new Set(attached.map(({ sha256 }) => sha256))
  for (const [digest, { path }] of files) {
    if (!recorded.has(digest))
      report.add('evidence.unrecorded', `${path} was never attached on the record.`, { file: path })
  }
}
