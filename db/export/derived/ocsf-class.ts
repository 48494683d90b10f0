import type { Told } from './told'

/** An event's class and activity in OCSF, with the attributes that the class asks for. */
export type Classified = {
  readonly class_uid: number
  readonly activity_id: number
  readonly [name: string]: unknown
}

const INCIDENT = 2005
const ACCOUNT = 3001
const ENTITY = 3004
const ACCESS = 3005
const API = 6003
const REMEDIATION = 7001

/** New, In Progress, Resolved, Closed: where a case's stage is on an incident's way. */
const STATUS: Readonly<Record<string, number>> = {
  identify: 1,
  confirm: 2,
  assign: 2,
  act: 2,
  verify: 4,
  closed: 5,
}
/** Create, Read, Update, Delete, Other: the same numbers in several classes. */
const [CREATE, UPDATE, DELETE, OTHER] = [1, 3, 4, 99]

export function classOf(event: Told): Classified {
  const { type } = event
  if (type === 'action.executed') return remediation(event)
  if (/^(?:action|approval|approvals|warrant|verification|breakglass|plan|probe)\./.test(type))
    return api(event)
  if (/^member\.|^passkey\./.test(type)) return iam(event)
  if (/^(?:nhi|owner|credential|key)\./.test(type) && event.stream.startsWith('nhi_')) return entity(event)
  if (event.about !== null) return incident(event)
  return api(event)
}

/** Incident Finding: create, update, close. */
function incident({ type, about, stream, at, data, what }: Told): Classified {
  const to = type === 'case.state' ? String(data.to) : type === 'case.closed' ? 'closed' : 'confirm'
  const status_id = type === 'finding.promoted' ? 1 : (STATUS[to] ?? 2)
  const activity_id = type === 'finding.promoted' ? 1 : status_id === 5 ? 3 : 2
  return {
    class_uid: INCIDENT,
    activity_id,
    status_id,
    desc: what,
    finding_info_list: [{ uid: stream, title: about?.title ?? stream, modified_time: Date.parse(at) }],
  }
}

const EVICTS = /rotate|disable|revoke|lock|end-sessions/
const [EVICT, SUCCESS, FAILURE, UNKNOWN] = [2, 1, 2, 0]

/** Remediation Activity: taking a credential or a right away is eviction, in D3FEND's word. */
function remediation({ data, what }: Told): Classified {
  const { request, outcome, kind } = data
  return {
    class_uid: REMEDIATION,
    activity_id: typeof kind !== 'string' || EVICTS.test(kind) ? EVICT : OTHER,
    command_uid: String(request),
    status_id: outcome === 'succeeded' ? SUCCESS : outcome === 'failed' ? FAILURE : UNKNOWN,
    remediation: { desc: what },
  }
}

function api({ type, actor, data, stream }: Told): Classified {
  const activity_id = /\.(?:requested|issued|recorded|published|founded)$/.test(type)
    ? CREATE
    : /\.(?:revoked|withdrawn|removed|cancelled)$/.test(type)
      ? DELETE
      : type === 'policy.denied'
        ? OTHER
        : UPDATE
  return {
    class_uid: API,
    activity_id,
    status_id: type === 'policy.denied' ? FAILURE : SUCCESS,
    api: {
      operation: type === 'policy.denied' ? String(data.command) : type,
      service: { name: 'On Record' },
    },
    src_endpoint: { name: actor.via },
    resources: [{ uid: typeof data.request === 'string' ? data.request : stream }],
  }
}

/** Account Change for who belongs here, User Access Management for what they may do. */
function iam({ type, data }: Told): Classified {
  const user = {
    uid: String(data.member ?? data.user ?? ''),
    name: String(data.name ?? data.member ?? data.user ?? ''),
  }
  if (type === 'member.roles') return { class_uid: ACCESS, activity_id: 1, privileges: data.to, user }
  const activity_id = {
    'member.added': 1,
    'member.restored': 2,
    'member.removed': 5,
    'passkey.enrolled': 10,
    'passkey.revoked': 11,
  }[type]
  return { class_uid: ACCOUNT, activity_id: activity_id ?? OTHER, user }
}

/** Entity Management for the identities that aren't people. */
function entity({ type, stream, data }: Told): Classified {
  const activity_id =
    type === 'nhi.registered'
      ? CREATE
      : type.endsWith('.retired') || type.endsWith('.revoked')
        ? DELETE
        : UPDATE
  const name = typeof data.name === 'string' ? data.name : stream
  return { class_uid: ENTITY, activity_id, entity: { uid: stream, name, type: 'non-human identity' } }
}
