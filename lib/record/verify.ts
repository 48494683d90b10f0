import { checkApprovals } from './verify/approvals'
import { checkBag, type Measure } from './verify/bag'
import { checkBagSignature } from './verify/bag-signature'
import type { FindingCode } from './verify/codes'
import type { Context, VerifyOptions } from './verify/context'
import { checkCorrections } from './verify/corrections'
import { checkEvents, EVENTS, type Events, PROOFS } from './verify/events'
import { checkEvidence } from './verify/evidence'
import { APPROVALS, EMERGENCIES } from './verify/facts'
import { wantedHeads } from './verify/heads'
import { census, registryIsPartial } from './verify/hidden'
import { checkHistory, readHistory } from './verify/history'
import { checkTiles } from './verify/log-tiles'
import { checkPolicySets } from './verify/policy-sets'
import { type Watch, watched } from './verify/progress'
import { type BundleReader, filesOf } from './verify/reader'
import { checkRedactions } from './verify/redactions'
import { checkRegistry, REGISTRY_STREAM, type Registry } from './verify/registry'
import { type Finding, reporter, type Verdict, verdictOf } from './verify/report'
import { checkRetiredKeys } from './verify/retired-keys'
import { checkTail } from './verify/tail'
import { checkTrust, type Trust } from './verify/trust'
import { checkWarrants, WARRANTS } from './verify/warrants'

export type { VerifyOptions } from './verify/context'
export type { Progress, Step, Watch } from './verify/progress'
export type { BundleReader } from './verify/reader'
export type { Finding, Verdict } from './verify/report'

/** Three verdicts, because they are three questions; a person reads `conclusion`. */
export type Report = {
  /** Is what is here what was recorded? */
  readonly integrity: Verdict
  /** Is all of it here? */
  readonly completeness: Verdict
  /** Who vouches for it, and did those people decide? */
  readonly authenticity: Verdict
  /** True only if all three pass under the auditor's own policy, with its quorum of witnesses. */
  readonly verified: boolean
  readonly conclusion: string
  readonly findings: readonly Finding[]
  /** How often each code was found: more often, perhaps, than `findings` keeps. */
  readonly counts: Readonly<Partial<Record<FindingCode, number>>>
  readonly log: {
    readonly origin: string
    readonly size: number
    readonly witnesses: readonly string[]
  } | null
  readonly streams: readonly { readonly case: string; readonly events: number }[]
}

/** Checks a bundle, offline, trusting nothing in it. Reads every file once or twice; holds none. */
export async function verifyBundle(
  bundle: BundleReader,
  options: VerifyOptions = {},
  watch?: Watch,
): Promise<Report> {
  const report = reporter()
  const { reader, begin } = watched(bundle, watch)
  const context: Context = { reader: filesOf(reader), report, options, begin }
  begin('files', bundle.bytes ?? null)
  const measures = await checkBag(context)
  const bytesOf = sizer(measures)
  const trust = await checkTrust(context)
  const checkpoint = trust.head?.checkpoint ?? null
  const registry = await checkRegistry(context, checkpoint)
  await checkBagSignature(context, registry.exportKeys)
  begin('events', bytesOf(EVENTS, PROOFS))
  const events = await checkEvents(context, checkpoint, await wantedHeads(context))
  await checkRetiredKeys(context, trust, registry, events.chains)
  if (events.facts.corrections.length) begin('events', bytesOf(EVENTS))
  await checkCorrections(context, events.facts.corrections, events.chains)
  begin('log', bytesOf('data/log/tile/'))
  await checkLog(context, trust, registry, events)
  begin('decisions', bytesOf(APPROVALS, EMERGENCIES, WARRANTS))
  checkRedactions(context, events.facts)
  checkEvidence(context, events.facts, measures)
  checkPolicySets(context, events.facts, registry, measures)
  const good = await checkApprovals(context, events.facts, registry)
  await checkWarrants(context, events.facts, registry, good)
  return conclude(context, trust, events)
}

/** How many bytes the files have whose paths begin so. */
function sizer(measures: ReadonlyMap<string, Measure>) {
  return (...prefixes: string[]) => {
    let bytes = 0
    for (const [path, measure] of measures)
      if (prefixes.some((prefix) => path.startsWith(prefix))) bytes += measure.bytes
    return bytes
  }
}

/** What the log as a whole says: nothing cut off, nothing hidden, nothing rewritten since. */
async function checkLog(
  context: Context,
  trust: Trust,
  registry: Registry,
  { chains, facts }: Events,
): Promise<void> {
  const checkpoint = trust.head?.checkpoint ?? null
  const tail = await checkTail(context, chains, trust.head, registry)
  if (checkpoint === null) return
  const history = await readHistory(context, trust)
  const count = census(chains, registry, tail)
  const whole = await checkTiles(context, checkpoint, history.sizes, count.see)
  if (whole) count.report(context)
  else checkWithoutTiles(context, registry, { chains, facts })
  checkHistory(context, trust, history, whole?.roots ?? new Map(), registry.restart)
}

/** What only the whole log could show. An export of the registry's own ends it; else nothing says where it ended. */
function checkWithoutTiles(context: Context, { shown }: Registry, { chains, facts }: Events): void {
  if ([...chains.streams.keys()].filter((stream) => stream !== REGISTRY_STREAM).length > 1) {
    const sentence = 'Without the whole log, only the end of the last stream is fixed by the export.'
    context.report.add('tail.not_shown', sentence, { file: 'data/log/tile' })
  }
  const end = chains.last?.line.entry
  const isWhole = end?.case === REGISTRY_STREAM && shown.size >= end.seq
  const rests = [...facts.approvals, ...facts.emergencies, ...facts.issued].length > 0
  if (rests && !isWhole) registryIsPartial(context, 'Nothing shows where the registry ended')
}

function conclude({ report }: Context, trust: Trust, { chains }: Events): Report {
  const { findings } = report
  const [integrity, completeness, authenticity] = [
    verdictOf('integrity', findings),
    verdictOf('completeness', findings),
    verdictOf('authenticity', findings),
  ]
  const isWitnessed = trust.isIndependent && trust.witnesses.length > 0
  const verified =
    isWitnessed && [integrity, completeness, authenticity].every((verdict) => verdict === 'pass')
  const checkpoint = trust.head?.checkpoint
  return {
    integrity,
    completeness,
    authenticity,
    verified,
    conclusion: sentence(findings, trust, verified),
    findings,
    counts: Object.fromEntries(report.counts),
    log: checkpoint ? { origin: checkpoint.origin, size: checkpoint.size, witnesses: trust.witnesses } : null,
    streams: [...chains.streams].map(([stream, chain]) => ({ case: stream, events: chain.count })),
  }
}

function sentence(
  findings: readonly Finding[],
  { isIndependent, witnesses }: Trust,
  verified: boolean,
): string {
  const failures = findings.filter(({ level }) => level === 'fail')
  // An altered file says that something is wrong; the event says what.
  const failed = failures.find(({ where }) => where.seq !== undefined) ?? failures[0]
  if (failed) return `Verification failed${at(failed)}: ${failed.sentence}`
  if (verified)
    return `Verified, with ${witnesses.join(' and ')} as witnesses under your own policy.${after(findings)}`
  if (!isIndependent)
    return "Nothing wrong was found, but not independently: the policy is the bundle's own copy."
  const open = findings.find(({ level }) => level === 'not-shown')
  return `Nothing wrong was found, but not everything is shown: ${open?.sentence ?? ''}`
}

function at({ where: { case: stream, seq } }: Finding): string {
  return stream === undefined || seq === undefined ? '' : ` at ${stream} event ${seq}`
}

function after(findings: readonly Finding[]): string {
  return findings.some(({ code }) => code === 'tail.later_events')
    ? ' The log goes on after this export.'
    : ''
}
