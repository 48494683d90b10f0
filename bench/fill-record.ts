import { createHash } from 'node:crypto'
import type { Client } from '../db/client'
import { SAMPLE_ORG } from '../db/seed/people'
import { KINDS } from '../lib/act/kinds'
import { fromUtf8 } from '../lib/record/bytes'
import { type Envelope, eventBytes, GENESIS } from '../lib/record/envelope'

// A large record in little time: the very bytes that commands would have written, without going through commands.

const FINDING = {
  title: 'An account was used from an unknown address',
  category: 'suspicious-access',
  severity: 'medium',
  ...{
    snapshot: null,
    secrets: [],
    reporter: 'usr_hugo',
    reporter_name: 'Hugo Brandt',
    message_key: null,
    note: null,
  },
}

type Made = {
  stream: string
  seq: number
  type: string
  at: string
  actor: string
  hash: string
  body: string
}

const AT_ONCE = 5_000
const POLICY = {
  bundle: `sha256:${'0'.repeat(64)}`,
  decision: 'allow',
  decision_id: 'dec_bulk',
  rule: 'bulk',
}
/** About a kilobyte an event, as in a case that people talk about. */
const SAID = 'The service account was used from an address that nobody here knows. '.repeat(7)

/**
 * Adds so many events in cases of `each`, waiting to be sealed. `before`: how many it had added already. As the superuser, whom no rule in the
 * database stops.
 */
export async function fillRecord(admin: Client, events: number, each = 20, before = 0): Promise<void> {
  let made: Made[] = []
  const begun = Date.now() - events
  const first = Math.ceil(before / each)
  for (let number = first; (number - first) * each < events; number++) {
    const state = addCase(
      made,
      `case_bulk${String(number).padStart(8, '0')}`,
      number,
      each,
      begun + (number - first) * each,
    )
    await admin`
      insert into stream values (${SAMPLE_ORG}, ${made.at(-1)?.stream ?? ''}, 'case', ${each}, decode(${made.at(-1)?.hash ?? ''}, 'hex'),
        ${made.at(-1)?.at ?? ''}, ${JSON.stringify(state)}::text::jsonb)`
    if (made.length < AT_ONCE) continue
    await insert(admin, made)
    made = []
  }
  await insert(admin, made)
}

function addCase(made: Made[], stream: string, number: number, events: number, begun: number): unknown {
  const { evolve, initial } = KINDS.case.stream
  let [state, prev] = [initial, GENESIS]
  for (let seq = 0; seq < events; seq++) {
    const at = new Date(begun + seq).toISOString()
    const [type, data] =
      seq === 0
        ? ['finding.promoted', { ...FINDING, number: 100_000 + number, lane: 'full' }]
        : ['comment.added', { text: `${seq}. ${SAID}` }]
    const envelope: Envelope = {
      actor: {
        id: 'usr_ada',
        kind: 'human',
        via: 'web',
        auth: { acr: 'pwd', amr: ['pwd'], auth_time: 1_772_438_000 },
      },
      ...{ at, case: stream, data, policy: POLICY, prev, seq, type, v: 1, correlation: stream },
      salt: createHash('sha256').update(`${stream}/${seq}`).digest('base64url').slice(0, 22),
    }
    const body = eventBytes(envelope)
    state = evolve(state, { type, data }, { stream, seq, at, actor: { id: 'usr_ada', kind: 'human' } })
    prev = createHash('sha256').update(body).digest('hex')
    made.push({ stream, seq, type, at, actor: 'usr_ada', hash: prev, body: fromUtf8(body) })
  }
  return state
}

async function insert(admin: Client, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return
  const rows = JSON.stringify(made)
  await admin`
    insert into event (org, stream, seq, type, at, actor, correlation, hash, body)
    select ${SAMPLE_ORG}, e.stream, e.seq, e.type, e.at, e.actor, e.stream, decode(e.hash, 'hex'), convert_to(e.body, 'UTF8')
    from json_to_recordset(${rows}::text::json) as e(stream text, seq int, type text, at timestamptz, actor text, hash text, body text)`
  await admin`
    insert into pending (org, stream, seq, at, hash)
    select ${SAMPLE_ORG}, e.stream, e.seq, e.at, decode(e.hash, 'hex')
    from json_to_recordset(${rows}::text::json) as e(stream text, seq int, at timestamptz, hash text)`
}
