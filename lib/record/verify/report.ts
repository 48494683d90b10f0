import { bearing, type FindingCode, type Level, type VerdictName } from './codes'

export type Where = {
  readonly file: string
  readonly case?: string
  readonly seq?: number
  /** From 1. */
  readonly line?: number
}

export type Finding = {
  readonly code: FindingCode
  readonly verdict: VerdictName
  readonly level: Level
  readonly sentence: string
  readonly where: Where
}

export type Verdict = 'pass' | 'fail' | 'not-shown'

/** Takes what the checks find. A code that is found very often is kept in full a few times, then only counted. */
export type Reporter = {
  readonly add: (code: FindingCode, sentence: string, where: Where) => void
  readonly findings: readonly Finding[]
  readonly counts: ReadonlyMap<FindingCode, number>
  /** How many failures there are so far, kept or not. */
  readonly failures: () => number
}

const KEPT_PER_CODE = 50

export function reporter(): Reporter {
  const findings: Finding[] = []
  const counts = new Map<FindingCode, number>()
  let failures = 0
  const add: Reporter['add'] = (code, sentence, where) => {
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    const [verdict, level] = bearing(code)
    if (level === 'fail') failures++
    if (count <= KEPT_PER_CODE) findings.push({ code, verdict, level, sentence, where })
  }
  return { add, findings, counts, failures: () => failures }
}

export function verdictOf(name: VerdictName, findings: readonly Finding[]): Verdict {
  const levels = new Set(findings.filter(({ verdict }) => verdict === name).map(({ level }) => level))
  if (levels.has('fail')) return 'fail'
  return levels.has('not-shown') ? 'not-shown' : 'pass'
}
