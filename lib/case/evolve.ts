import type { EventMeta } from '../act/stream'
import type { ActionEvent } from '../action/event'
import { evolveRequest } from '../action/evolve'
import { type Case, type Exception, NO_CASE, requestOf } from './case'
import type { CaseEvent } from './event'
import { evolveErasure } from './evolve-erasure'
import { laneAfter } from './lane'
import { lateBy } from './late'
import { accountableOf, moved } from './moved'

function adding(list: string[], ...ids: (string | null | undefined)[]): string[] {
  const fresh = ids.filter((id): id is string => typeof id === 'string' && !list.includes(id))
  return fresh.length ? [...list, ...new Set(fresh)] : list
}

function withRequest(state: Case, event: ActionEvent, meta: EventMeta): Case {
  const after = evolveRequest(requestOf(state, event.data.request), event, meta)
  const known = state.requests.some((request) => request.id === after.id)
  const requests = known
    ? state.requests.map((each) => (each.id === after.id ? after : each))
    : [...state.requests, after]
  return {
    ...state,
    requests,
    people: adding(
      state.people,
      after.requester_accountable,
      after.executor_owner,
      after.target_owner,
      ...after.approvals.map((a) => a.approver),
      after.breakglass?.invoker,
      ...(after.breakglass?.reviews ?? []).map(({ reviewer }) => reviewer),
    ),
    nhis: adding(
      state.nhis,
      after.action.target.nhi,
      after.action.executor,
      after.proposed_by_agent ? after.requester : null,
    ),
  }
}

function withException(state: Case, id: string, change: Partial<Exception>): Case {
  return {
    ...state,
    exceptions: state.exceptions.map((each) => (each.id === id ? { ...each, ...change } : each)),
  }
}

function answered({ unanswered: _asked, ...state }: Case): Case {
  return state
}

/** Folds one event into the case. Exhaustive: a new event doesn't compile until it is dealt with here. */
export function evolve(state: Case, event: CaseEvent, meta: EventMeta): Case {
  switch (event.type) {
    case 'finding.promoted': {
      const {
        number,
        title,
        category,
        severity,
        snapshot,
        secrets,
        reporter,
        reporter_name,
        lane,
        message_key,
      } = event.data
      return {
        ...NO_CASE,
        id: meta.stream,
        number,
        title,
        category,
        severity,
        lane,
        reporter_name,
        promoter: reporter,
        snapshots: snapshot ? [{ ...snapshot, secrets, seq: meta.seq }] : [],
        message_keys: adding([], message_key),
        stage_at: meta.at,
        opened_at: meta.at,
        people: adding([], reporter),
      }
    }
    case 'case.state':
      return moved(state, event.data.from, event.data.to, meta)
    case 'case.titled':
      return { ...state, title: event.data.title, said: { ...state.said, title: meta.seq } }
    case 'severity.set':
      return {
        ...state,
        severity: event.data.severity,
        lane: laneAfter(state, event.data.severity),
      }
    case 'trust.raised':
      return { ...state, vouched: true }
    case 'message.added': {
      const { snapshot, secrets, message_key } = event.data
      const lane = secrets.length ? 'full' : state.lane
      return {
        ...state,
        lane,
        snapshots: [...state.snapshots, { ...snapshot, secrets, seq: meta.seq }],
        message_keys: adding(state.message_keys, message_key),
      }
    }
    case 'evidence.attached':
      return { ...state, evidence: [...state.evidence, { ...event.data, seq: meta.seq }] }
    case 'evidence.withheld':
      return { ...state, withheld: adding(state.withheld, event.data.sha256) }
    case 'comment.added':
      return { ...state, comments: state.comments + 1 }
    case 'nhi.linked': {
      const others = state.linked.filter((link) => link.nhi !== event.data.nhi)
      const linked = [...others, { ...event.data, seq: meta.seq }]
      return {
        ...state,
        linked,
        no_nhi: null,
        nhis: adding(state.nhis, event.data.nhi),
        people: adding(state.people, event.data.owner),
      }
    }
    case 'nhi.unlinked':
      return { ...state, linked: state.linked.filter((link) => link.nhi !== event.data.nhi) }
    case 'nhi.none':
      return { ...state, no_nhi: event.data.reason, said: { ...state.said, no_nhi: meta.seq } }
    case 'owner.notified':
      return { ...state, notified: adding(state.notified, event.data.nhi) }
    case 'case.confirmed': {
      const { criticality, privilege, exposure } = event.data
      return {
        ...state,
        confirmation: { by: accountableOf(meta), at: meta.at, criticality, privilege, exposure },
      }
    }
    case 'case.dismissed':
      return {
        ...state,
        disposition: event.data.disposition,
        summary: event.data.reason,
        said: { ...state.said, ending: meta.seq },
      }
    case 'case.assigned': {
      const { assignee, team, due } = event.data
      const { overdue: _before, ...rest } = answered(state)
      return { ...rest, assignee, team, due, accepted: false, people: adding(state.people, assignee) }
    }
    case 'assignment.accepted':
      return { ...answered(state), accepted: true }
    case 'assignment.declined':
      return { ...answered(state), assignee: null, accepted: false }
    case 'case.overdue':
      return { ...state, overdue: lateBy(event.data, meta) }
    case 'assignment.awaited':
      return { ...state, unanswered: lateBy(event.data, meta) }
    case 'no_action.proposed':
      return {
        ...state,
        no_action: { reason: event.data.reason, proposer: accountableOf(meta), agreed: false },
        said: { ...state.said, no_action: meta.seq },
      }
    case 'no_action.agreed':
      return { ...state, no_action: state.no_action && { ...state.no_action, agreed: true } }
    case 'exception.requested': {
      const { exception: id, nhi, reason, owner, until } = event.data
      const asked: Exception = {
        seq: meta.seq,
        id,
        nhi,
        reason,
        owner,
        until,
        requested_by: accountableOf(meta),
        status: 'requested',
      }
      return {
        ...state,
        exceptions: [...state.exceptions, asked],
        people: adding(state.people, owner, asked.requested_by),
      }
    }
    case 'exception.granted':
      return withException(state, event.data.exception, { status: 'active' })
    case 'exception.refused':
      return withException(state, event.data.exception, { status: 'refused' })
    case 'exception.expired':
      return withException(state, event.data.exception, { status: 'expired' })
    case 'case.closed': {
      const { disposition, summary, lessons } = event.data
      return { ...state, disposition, summary, lessons, said: { ...state.said, ending: meta.seq } }
    }
    case 'case.reopened':
      return { ...state, disposition: null, summary: null, lessons: null }
    case 'card.posted':
      return { ...state, card: event.data }
    case 'message.drifted':
    case 'entry.corrected':
    case 'case.exported':
    case 'policy.denied':
      return state
    case 'action.requested':
    case 'action.amended':
    case 'approvals.voided':
    case 'action.planned':
    case 'action.plan_failed':
    case 'action.withdrawn':
    case 'action.expired':
    case 'approval.recorded':
    case 'approval.awaited':
    case 'execution.started':
    case 'breakglass.invoked':
    case 'breakglass.expired':
    case 'breakglass.reviewed':
    case 'warrant.issued':
    case 'warrant.redeemed':
    case 'warrant.revoked':
    case 'action.executed':
    case 'execution.settled':
    case 'probe.requested':
    case 'probe.reported':
    case 'verification.recorded':
      return withRequest(state, event, meta)
    case 'erasure.requested':
    case 'erasure.agreed':
    case 'erasure.refused':
    case 'event.redacted':
    case 'evidence.removed':
    case 'hold.placed':
    case 'hold.lifted':
      return evolveErasure(state, event, meta)
  }
}
