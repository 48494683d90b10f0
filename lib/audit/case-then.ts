import type { Who } from '../act/view/who'
import { type Request, standing } from '../action/action'
import type { Case } from '../case/case'
import { gate } from '../case/gates'
import { jcsText } from '../record/canonical'
import type { Past } from './past'
import type { ActionThen, CaseThen } from './view'

/** A case's state as people read it. */
export function caseThen(state: Case, past: Past): CaseThen {
  const { title, stage, severity, lane, disposition, accepted, due, vouched, comments, passed } = state
  return {
    ...{ title, stage, severity, lane, disposition, accepted, due, vouched, comments, passed },
    assignee: state.assignee === null ? null : personThen(past, state.assignee),
    linked: state.linked.map(({ nhi, name }) => ({ id: nhi, name, kind: 'nhi' })),
    evidence: state.evidence.length,
    actions: state.requests.map(actionThen),
    exceptions: state.exceptions.map(({ id, status, until }) => ({ id, status, until })),
    missing: state.id && stage !== 'closed' ? gate(state) : [],
  }
}

function personThen(past: Past, id: string): Who {
  return { id, name: past.member(id)?.name ?? id, kind: 'human' }
}

function actionThen(request: Request): ActionThen {
  const { id, revision, action, phase, quorum, digest } = request
  return {
    request: id,
    revision,
    kind: action.kind,
    target: action.target.name,
    phase: phase === 'warranted' ? 'running' : phase,
    approvals: standing(request).length,
    needed: quorum.approvals + (quorum.owner ? 1 : 0),
    short_code: shortCode(digest),
  }
}

/** First eight hexadecimal digits of the action's digest: read aloud, they name this exact change. */
export function shortCode(digest: string): string {
  const hex = digest.slice('sha256:'.length)
  return `${hex.slice(0, 4)}-${hex.slice(4, 8)}`
}

export function changedParts(before: CaseThen, after: CaseThen): (keyof CaseThen)[] {
  const parts = Object.keys(after) as (keyof CaseThen)[]
  return parts.filter((part) => jcsText(before[part]) !== jcsText(after[part]))
}
