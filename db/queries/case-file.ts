import { and, eq } from 'drizzle-orm'
import { caseOffers, exceptionOffers, type Moment, requestOffers } from '@/lib/act/offer'
import type { CaseFile, EvidenceView, GateView } from '@/lib/act/view/case'
import type { Case } from '@/lib/case/case'
import { STAGES } from '@/lib/case/event'
import { gate } from '@/lib/case/gates'
import type { Actor } from '@/lib/identity/actor'
import type { Reader, Reading } from '../reading'
import { caseFile } from '../schema'
import { actionView } from './action-view'
import { askable } from './askable'
import { backupOf, backups } from './backups'
import { caseColumns, caseRow } from './case-rows'
import { awaitsOf, coveredFor } from './covered'
import { erasureViews, holdViews, organisationHolds } from './holds'
import { momentOf, type Rules } from './moment'
import { type Names, namesFor, whoOrNull } from './names'
import { nhiRowsOf } from './nhis'
import { namedIn, readEvents } from './read-back'
import { entryOf, eventsOf } from './timeline'

/** The longest timeline that a case's page gets at once; what is older is loaded on demand. */
const TIMELINE = 1_000

/** A case with everything on its page, and what the viewer may do: null when it isn't there for them. */
export function readCase(reader: Reader, viewer: Actor, rules: Rules, id: string): Promise<CaseFile | null> {
  return reader.read(viewer, async (reading) => {
    const moment = await momentOf(reading, viewer, id, rules)
    if (!moment || !id.startsWith('case_')) return null
    return file(reading, { ...moment, state: moment.state as Case })
  })
}

async function file(
  reading: Reading,
  moment: Moment & { state: Case; version: number },
): Promise<CaseFile | null> {
  const { state, actor, head } = moment
  // None of these needs another's answer: they travel together.
  const [[columns], rows, asked, everywhere, linked, covered] = await Promise.all([
    reading
      .select(caseColumns)
      .from(caseFile)
      .where(and(eq(caseFile.org, actor.org), eq(caseFile.id, state.id))),
    eventsOf(reading, actor.org, state.id, TIMELINE),
    askable(reading, actor.org, state),
    organisationHolds(reading, actor.org),
    nhiRowsOf(
      reading,
      actor.org,
      state.linked.map((link) => link.nhi),
      moment.now,
    ),
    coveredFor(reading, actor.org, state),
  ])
  if (!columns) return null
  const events = await readEvents(reading, actor.org, rows)
  const names = await namesFor(reading, [
    ...state.people,
    ...state.nhis,
    ...asked,
    ...backups(moment.facts, state),
    ...events.flatMap(namedIn),
    ...everywhere.map((each) => each.placed_by),
    ...state.evidence.map((each) => each.collected_by),
  ])
  return {
    ...caseRow(columns, names),
    head: head ?? '',
    reporter: whoOrNull(names, state.promoter),
    reporter_name: state.reporter_name,
    lane: state.lane,
    snapshots: state.snapshots,
    linked: linked.map((row) => ({
      ...row,
      reason: state.linked.find((link) => link.nhi === row.id)?.reason ?? '',
    })),
    no_nhi_reason: state.no_nhi,
    evidence: state.evidence.map((each) => evidenceView(each, names)),
    actions: state.requests.map((request) =>
      actionView(
        request,
        names,
        asked,
        backupOf(moment.facts, request),
        requestOffers(moment, request),
        covered && awaitsOf(request, covered, moment.now),
      ),
    ),
    exceptions: state.exceptions.map((each) => exceptionView(each, names, moment)),
    gates: gatesOf(state, names),
    timeline: events.map(({ row, envelope, redaction }) => entryOf(row, envelope, names, redaction)),
    holds: holdViews(moment, everywhere, names),
    erasures: erasureViews(moment, names),
    offers: caseOffers(moment),
    summary: state.summary,
    lessons: state.lessons,
  }
}

function evidenceView(each: Case['evidence'][number], names: Names): EvidenceView {
  const { seq, sha256, bytes, media_type, name, kind, source, collected_at, trust } = each
  const erased = sha256 === ''
  return {
    seq,
    erased,
    sha256,
    bytes,
    media_type,
    name,
    kind,
    source,
    collected_at,
    trust,
    collected_by: names(each.collected_by),
    downloadable: kind !== 'sealed-secret' && !erased,
  }
}

function exceptionView(
  each: Case['exceptions'][number],
  names: Names,
  moment: Moment & { state: Case },
): CaseFile['exceptions'][number] {
  const { id, status, reason, until } = each
  const offers = status === 'requested' ? exceptionOffers(moment, id) : []
  return {
    exception: id,
    status,
    reason,
    until,
    owner: names(each.owner),
    requested_by: names(each.requested_by),
    offers,
  }
}

function gatesOf(state: Case, names: Names): GateView[] {
  return STAGES.filter((stage) => stage !== 'closed').map((stage) => {
    const passed = state.passed.find((each) => each.stage === stage)
    const current = state.stage === stage
    return {
      stage,
      passed: Boolean(passed),
      missing: current ? gate(state) : [],
      by: passed ? names(passed.by) : null,
      at: passed?.at ?? null,
    }
  })
}
