import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BEGINNING, CASE, type World } from '../act/given.fixture'
import type { EventMeta } from '../act/stream'
import { NO_CASE, ORDER } from './case'
import type { CaseEvent, Stage } from './event'
import { evolve } from './evolve'
import { anyMove, type Move, walk, walked } from './walk.fixture'

/** What an onlooker knows who sees the events alone, and knows none of the rules' code. */
type Seen = { stage: Stage | null; dismissed: boolean; actions: Map<string, Action> }
type Action = {
  askers: string[]
  executor: string
  owner: string
  quorum: { approvals: number; owner: boolean }
  digest: string
  yes: Map<string, boolean>
  redeemed: string[]
  open: boolean
  unverified: boolean
}

function look(seen: Seen, event: CaseEvent, { actor }: EventMeta, { facts }: World): void {
  if (event.type === 'case.dismissed') seen.dismissed = true
  if (event.type === 'case.state') step(seen, event.data.from, event.data.to)
  if (event.type === 'action.requested' || event.type === 'action.amended') {
    const { request, requester, requester_accountable, executor, executor_owner, quorum, action_digest } =
      event.data
    const agent = facts.nhis[requester]?.owner
    const askers = [requester_accountable, ...(agent ? [agent] : [])]
    expect(askers, 'an action of the executor’s owner').not.toContain(executor_owner)
    seen.actions.set(request, {
      askers,
      executor,
      owner: executor_owner,
      quorum,
      digest: action_digest,
      yes: new Map(),
      redeemed: [],
      open: false,
      unverified: false,
    })
    return
  }
  const request = 'request' in event.data ? (event.data.request ?? '') : ''
  const action = seen.actions.get(request)
  if (action) follow(action, event, actor)
}

function follow(action: Action, event: CaseEvent, actor: EventMeta['actor']): void {
  const person = actor.owner ?? actor.id
  switch (event.type) {
    case 'approval.recorded':
      expect(actor.kind, 'a machine that decides').toBe('human')
      expect(
        [...action.askers, action.owner],
        'a decision of the requester or the executor’s owner',
      ).not.toContain(person)
      expect(event.data.action_digest).toBe(action.digest)
      if (event.data.decision === 'refuse') action.yes.clear()
      else if (!action.yes.has(person)) action.yes.set(person, event.data.as_owner)
      return
    case 'execution.started':
    case 'warrant.issued':
      quorum(action)
      return
    case 'warrant.redeemed':
      quorum(action)
      expect(actor.id).toBe(action.executor)
      expect(action.redeemed, 'redeemed twice').toEqual([])
      action.redeemed.push(event.data.jti)
      action.open = true
      return
    case 'action.executed':
      expect(action.redeemed, 'executed without its warrant').toContain(event.data.jti)
      action.open = event.data.outcome === 'unknown'
      action.unverified = event.data.outcome === 'succeeded'
      return
    case 'verification.recorded':
      expect(actor.kind).toBe('human')
      expect(
        [...action.askers, action.owner, ...action.yes.keys()],
        'verified by somebody with a part in it',
      ).not.toContain(person)
      action.unverified = false
  }
}

/** Distinct people, and the owner on top where one is needed. */
function quorum({ yes, quorum: { approvals, owner } }: Action): void {
  const owners = [...yes.values()].filter(Boolean).length
  expect(yes.size - owners, 'too few people').toBeGreaterThanOrEqual(approvals)
  if (owner) expect(owners).toBeGreaterThan(0)
}

function step(seen: Seen, from: Stage | null, to: Stage): void {
  expect(from).toBe(seen.stage)
  const skips = from !== null && ORDER[to] > ORDER[from] + 1
  expect(skips && !(seen.dismissed && to === 'closed'), `from ${from} to ${to}`).toBe(false)
  if (to === 'closed') closing(seen)
  seen.stage = to
  seen.dismissed = false
}

function closing({ actions }: Seen): void {
  for (const action of actions.values()) {
    expect(action.open, 'closed while something may still run').toBe(false)
    expect(action.unverified, 'closed before it was verified').toBe(false)
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

const moving = anyMove.map((move) => ({
  check: () => true,
  toString: () => JSON.stringify(move),
  run(seen: Seen, real: { world: World }) {
    const before = real.world
    const { world } = walk(before, move)
    real.world = { ...world, state: frozen(world.state) }
    for (const { event, meta } of world.kept.slice(before.kept.length)) look(seen, event, meta, world)
    expect(world.state.stage).toBe(seen.stage ?? 'identify')
  },
}))

const start = () => ({
  model: { stage: null, dismissed: false, actions: new Map() } as Seen,
  real: { world: BEGINNING },
})

describe('whoever does whatever, in whatever order', () => {
  it('C02 C04 C18 C51 C65: stages are never skipped, and nothing is executed without distinct people’s word', () => {
    fc.assert(
      fc.property(fc.commands([moving], { maxCommands: 100, size: 'max' }), (moves) =>
        fc.modelRun(start, moves),
      ),
      { numRuns: 100 },
    )
  })

  it('the same events give the same state, as they were and as JSON', () => {
    const replay = (events: World['kept']) =>
      events.reduce((state, { event, meta }) => evolve(state, event, meta), NO_CASE)
    fc.assert(
      fc.property(fc.array(anyMove, { minLength: 30, maxLength: 80 }), (moves) => {
        const { kept, state } = walked(moves)
        expect(replay(kept)).toEqual(state)
        expect(replay(JSON.parse(JSON.stringify(kept)))).toEqual(state)
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
        expect(kept.every(({ meta }) => meta.stream === CASE)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('the walks get about: they approve, amend, refuse, execute, fail, verify, close and reopen', () => {
    const walks: Move[][] = fc.sample(fc.array(anyMove, { minLength: 100, maxLength: 100 }), {
      numRuns: 150,
      seed: 7,
    })
    const seen = new Set(walks.flatMap((moves) => walked(moves).kept.map(({ event }) => event.type)))
    const wanted: CaseEvent['type'][] = [
      ...([
        'approval.recorded',
        'approvals.voided',
        'warrant.issued',
        'warrant.redeemed',
        'warrant.revoked',
        'action.executed',
      ] as const),
      ...([
        'verification.recorded',
        'no_action.agreed',
        'exception.granted',
        'case.dismissed',
        'case.closed',
        'case.reopened',
      ] as const),
    ]
    expect(wanted.filter((type) => !seen.has(type))).toEqual([])
  })
})
