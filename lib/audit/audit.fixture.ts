import { BUNDLE, CASE, ORIGIN, type Step } from '../act/given.fixture'
import { CONNECTOR, FACTS, people } from '../act/people.fixture'
import { type Organisation, play, playing, shipped } from '../act/perform.fixture'
import { NO_NHI } from '../nhi/nhi'
import { policies } from '../policy/policies.fixture'
import { fromUtf8 } from '../record/bytes'
import { NOT_KEPT, type Policies } from './judge'
import type { Recorded } from './recorded'
import type { Kept } from './replay'

const BEFORE = '2026-03-01T08:00:00.000Z'

/** What the record says of the organisation in which the stories play. */
export function organisationEvents(): Pick<Kept, 'registry' | 'nhis'> {
  const members = people.map(({ id, name, roles }) => ({
    type: 'member.added',
    data: { member: id, name, email: `${id}@halden.example`, roles: [...roles], team: null },
  }))
  const connectors = FACTS.connectors.map((each) => ({
    type: 'connector.registered',
    data: { ...each, definition: `sha256:${'d'.repeat(64)}` },
  }))
  const founded = { type: 'organisation.founded', data: { name: 'Halden Instruments', origin: CONNECTOR } }
  const nhis = Object.values(FACTS.nhis).map((fact): [string, Recorded[]] => {
    const { id, disabled: _, ...profile } = fact
    return [id, [recorded(id, 0, 'nhi.registered', { ...NO_NHI.profile, ...profile })]]
  })
  return {
    registry: [founded, ...members, ...connectors].map(({ type, data }, seq) =>
      recorded('registry', seq, type, data),
    ),
    nhis: Object.fromEntries(nhis),
  }
}

export function recorded(stream: string, seq: number, type: string, data: object, at = BEFORE): Recorded {
  const auth = { acr: 'system', amr: [], auth_time: 0 }
  const actor = { id: 'sys_setup', kind: 'system', via: 'job', auth } as const
  const policy = {
    bundle: BUNDLE,
    decision: 'allow',
    decision_id: `dec_${stream}_${seq}`,
    rule: 'system.organisation',
  }
  const envelope = {
    actor,
    at,
    case: stream,
    data: { ...data },
    policy,
    prev: '',
    salt: '',
    seq,
    type,
    v: 1,
  } as const
  return { stream, seq, type, at, actor: actor.id, hash: 'a'.repeat(64), envelope }
}

/** A story performed, and everything that its replay is made of. */
export async function kept(
  steps: readonly Step[],
  further?: (organisation: Organisation) => Promise<unknown>,
): Promise<Kept> {
  const organisation = await playing([])
  await play(organisation, steps)
  await further?.(organisation)
  return { org: 'org_halden', origin: ORIGIN, events: eventsIn(organisation), ...organisationEvents() }
}

export function eventsIn({ ledger }: Organisation): Recorded[] {
  return (ledger.streams.get(CASE)?.events ?? []).map(({ seq, type, bytes, hash }) => {
    const envelope = JSON.parse(fromUtf8(bytes))
    return { stream: CASE, seq, type, at: envelope.at, actor: envelope.actor.id, hash, envelope }
  })
}

/** The one policy set that these stories were decided by. */
export const theirs: Policies = (bundle) => (bundle === policies.bundle ? shipped : NOT_KEPT)
