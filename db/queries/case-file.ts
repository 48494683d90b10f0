import { caseOffers, exceptionOffers } from '@/lib/act/offer'
import type { CaseFile, EvidenceView, GateView } from '@/lib/act/view/case'
import type { Case } from '@/lib/case/case'
import { STAGES } from '@/lib/case/event'
import { gate } from '@/lib/case/gates'
import type { Actor } from '@/lib/identity/actor'
import type { Reader } from '../reading'
import { actionView } from './action-view'
import { rowOf } from './case-rows'
import { erasureViews, holdViews } from './holds'
import { latenessOf } from './late-view'
import type { Rules } from './moment'
import { type Names, whoOrNull } from './names'
import { inOrder } from './nhis'
import { type Opened, openCases } from './opened'
import { withRedactions } from './read-back'
import { entryOf } from './timeline'

/** The longest timeline that a case's page gets at once; what is older is loaded on demand. */
const TIMELINE = 1_000

/** A case with everything on its page, and what the viewer may do: null when it isn't there for them. */
export async function readCase(
  reader: Reader,
  viewer: Actor,
  rules: Rules,
  id: string,
): Promise<CaseFile | null> {
  const [opened] = await openCases(reader, viewer, rules, [id], TIMELINE)
  return opened ? file(opened) : null
}

function file(opened: Opened): CaseFile {
  const { moment, events, linked, everywhere, names } = opened
  const { state, head } = moment
  const ids = state.linked.map((link) => link.nhi)
  return {
    ...rowOf(opened),
    head: head ?? '',
    ...latenessOf(state, names),
    reporter: whoOrNull(names, state.promoter),
    reporter_name: state.reporter_name,
    lane: state.lane,
    snapshots: state.snapshots,
    linked: inOrder(ids, linked, names, moment.now).map((row) => ({
      ...row,
      reason: state.linked.find((link) => link.nhi === row.id)?.reason ?? '',
    })),
    no_nhi_reason: state.no_nhi,
    evidence: state.evidence.map((each) => evidenceView(each, names)),
    actions: state.requests.map((request) => actionView(opened, request)),
    exceptions: state.exceptions.map((each) => exceptionView(each, names, moment)),
    gates: gatesOf(state, names),
    timeline: withRedactions(events).map(({ row, redaction }) => entryOf(row, names, redaction)),
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
  moment: Opened['moment'],
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
