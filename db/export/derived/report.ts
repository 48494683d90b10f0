import { KINDS } from '@/lib/act/kinds'
import type { StreamKind } from '@/lib/act/spec'
import type { Case } from '@/lib/case/case'
import { visibleText } from '@/lib/chat/visible'
import type { NameOf } from '@/lib/telling/words'
import { CHECKS } from './checks'
import { howCorrected } from './corrections'
import { type Cover, coverage, moment } from './cover'
import { type CaseReport, caseReport, type Happened } from './report-case'
import type { Told } from './told'

/** What the report for people shows (report/report.typ). Plain strings: whatever is to be seen is spelled out already. */
export type Report = {
  readonly title: string
  readonly 'short-title': string
  readonly kind: string
  readonly subtitle: string
  readonly organization: string
  readonly covers: string
  readonly 'exported-by': string
  readonly purpose: string
  readonly 'exported-at': string
  readonly identifier: string
  readonly log: Cover['log']
  readonly figures: readonly (readonly [string, string])[]
  readonly cases: readonly CaseReport[]
  readonly 'cases-left-out': number
  readonly checks: typeof CHECKS
}

/** A report is read: beyond so many cases, and so many events of each, it says where the others are. */
const CASES = 60
const EVENTS_OF_A_CASE = 400
const EVENTS = 1_500

type Figures = { events: number; cases: number; changes: number; approvals: number; evidence: number }
type Folding = { state: Case; happened: Happened }

/** Reads the events once and keeps what the report shows of them. */
export async function reportOf(events: AsyncIterable<Told>, name: NameOf, cover: Cover): Promise<Report> {
  const figures: Figures = { events: 0, cases: 0, changes: 0, approvals: 0, evidence: 0 }
  const people = new Set<string>()
  const cases: CaseReport[] = []
  let shown = 0
  let stream = ''
  let folding: Folding | null = null
  const finish = () => {
    if (folding && cases.length < CASES) cases.push(caseReport(folding.state, folding.happened, name))
    folding = null
  }
  for await (const event of events) {
    count(figures, event)
    if (event.actor.kind !== 'system') people.add(event.actor.id)
    if (event.stream !== stream) {
      finish()
      stream = event.stream
      if (event.about) figures.cases++
      if (event.about && cases.length < CASES) folding = { state: INITIAL, happened: nothing() }
    }
    if (folding) shown += keep(folding, event, shown)
  }
  finish()
  return layOut(cover, cases, figures, people.size)
}

const INITIAL = KINDS.case.stream.initial as Case

function nothing(): Happened {
  return { events: [], leftOut: 0, people: new Map() }
}

function count(figures: Figures, { type }: Told): void {
  figures.events++
  if (type === 'action.requested') figures.changes++
  if (type === 'approval.recorded') figures.approvals++
  if (type === 'evidence.attached') figures.evidence++
}

/** Folds an event into its case; answers with how many lines it takes in the report. */
function keep(folding: Folding, event: Told, shown: number): number {
  const { stream, seq, at, actor, type, data, who } = event
  const by = { id: actor.id, kind: actor.kind, owner: actor.owner ?? actor.id }
  const kind: StreamKind = 'case'
  if (at !== '')
    folding.state = KINDS[kind].stream.evolve(
      folding.state,
      { type, data },
      { stream, seq, at, actor: by },
    ) as Case
  const { happened } = folding
  const known = happened.people.get(actor.id) ?? { who, kind: actor.kind, events: 0 }
  happened.people.set(actor.id, { ...known, events: known.events + 1 })
  if (happened.events.length >= EVENTS_OF_A_CASE || shown >= EVENTS) {
    happened.leftOut++
    return 0
  }
  const { what, said } = event
  const corrected = event.corrections.map((each) => ({
    how: howCorrected(each),
    quote: shortened(each.text),
  }))
  happened.events.push({
    ...{ seq, at: `${at.slice(0, 10)} ${at.slice(11, 23)}`, who, what },
    ...{ quote: shortened(said), corrected },
  })
  return 1
}

function shortened(said: string): string {
  return said.length > 600 ? `${said.slice(0, 600)} …` : said
}

function layOut(cover: Cover, cases: readonly CaseReport[], figures: Figures, people: number): Report {
  const { asked, organization, by, byId, at, id, log } = cover
  const [only] = asked.scope === 'case' ? cases : []
  const title = only ? only.title : TITLES[asked.scope]
  return {
    title,
    'short-title': only ? `№ ${only.number} ${only.title}`.slice(0, 90) : title,
    kind: only ? 'Case report' : 'Report of an export',
    subtitle: only ? `№ ${only.number}` : '',
    organization: visibleText(organization),
    covers: coverage(cover),
    'exported-by': `${by} (${byId})`,
    purpose: visibleText(asked.purpose),
    'exported-at': moment(at),
    identifier: id,
    log,
    figures: figuresOf(figures, people, only !== undefined),
    cases,
    'cases-left-out': figures.cases - cases.length,
    checks: CHECKS,
  }
}

const TITLES = {
  case: 'A case',
  cases: 'A set of cases',
  period: 'What happened in a period',
  everything: 'The whole record',
} as const

function figuresOf(
  { events, cases, changes, approvals, evidence }: Figures,
  people: number,
  isOne: boolean,
): [string, string][] {
  const all: [number, string][] = [
    ...(isOne ? [] : ([[cases, 'cases']] as [number, string][])),
    [events, 'events'],
    [people, 'people, identities'],
    [changes, 'changes'],
    [approvals, 'decisions'],
    [evidence, 'evidence'],
  ]
  return all.map(([number, name]) => [number.toLocaleString('en-GB'), name])
}
