import { describe, expect, it } from 'vitest'
import { entryBytes } from '../entry'
import { readerOf } from '../folder.test-support'
import {
  codes,
  ordinarily,
  revokedFirst,
  type Telling,
  tell,
  verdictOn as verify,
} from '../story.test-support'
import { inclusionProof } from '../tile-proof'
import { verifyBundle } from '../verify'
import { CASE, POLICY, type Recorded, record, stream, type World } from '../world.test-support'
import { approve, breakGlass, enrol, issue, request } from '../world-acts.test-support'
import { pack, sourceOf, tilesOf } from '../world-bundle.test-support'

// What an operator could write who has every key but the approvers' and the witnesses', from the first event on.

const found = async (telling: Telling) => codes(await verify(tell(telling)))

describe('an operator who writes what can’t be read', () => {
  it.each([null, 'none', '2', {}, -1, { approvals: '2' }, { owner: true }])(
    'C04: asks for no approvals by a quorum of %j',
    async (quorum) => {
      const none = { ...{ 'bob approves': null, 'dana approves': null }, requested: asking(quorum) }
      const codes = await found({ ...none, issued: (w) => issue(w, { approvals: [] }) })
      expect(codes).toEqual(expect.arrayContaining(['event.malformed', 'warrant.quorum_not_met']))
    },
  )

  it('C20: lets an emergency go on for ever', async () => {
    const until = (end: number | string | null): Telling => ({
      'bob approves': (world) => breakGlass(world, { approver: 'usr_bob' }, end),
      'dana approves': null,
      issued: (world) => issue(world, { approvals: [] }),
    })
    expect(await found(until(60))).toEqual([])
    for (const end of ['zzzz', '9999', '9999-02-31T00:00:00.000Z', null])
      expect(await found(until(end))).toEqual(['warrant.quorum_not_met'])
  })

  it('C06: has a statement signed that never ends', async () => {
    for (const times of [{ exp: 'zzzz' }, { exp: '2026-02-30T00:00:00.000Z' }, { iat: '' }])
      expect(
        await found({ 'bob approves': (w) => approve(w, { approver: 'usr_bob', statement: times }) }),
      ).toContain('approval.statement_altered')
  })

  it('C50: does not say which warrant was issued', async () => {
    const silent = await found({ issued: (w) => issue(w, {}, { warrant_sha256: null }) })
    expect(silent).toEqual(['warrant.altered'])
  })

  it.each([
    { scope: 'some' },
    {
      scope: 'period',
      from: '2026-03-01T00:00:00.000Z',
      to: '2026-03-02T00:00:00.000Z',
      first: null,
      last: null,
    },
    { scope: 'period', from: 'a', to: '2026-03-02T00:00:00.000Z', first: 0, last: 1 },
    {
      scope: 'period',
      from: '2026-03-01T00:00:00.000Z',
      to: '2026-03-02T00:00:00.000Z',
      first: 0,
      last: '1',
    },
    {},
  ])('C31: does not say what was exported: %j', async (data) => {
    const exported = (world: World) => record(world, 'registry', 'usr_audra', 'record.exported', data)
    const world = tell({ exported, 'another case goes on': null })
    expect(codes(await verify(world, { wide: true }))).toContain('scope.mismatch')
  })
})

describe('an operator who uses a warrant for something else', () => {
  it('C51: runs another request under it', async () => {
    const executed = (world: World) =>
      record(world, CASE, 'nhi_rotator', 'action.executed', {
        ...{ request: 'req_2', jti: 'wrt_1', outcome: 'succeeded', executor_owner: 'usr_erin' },
      })
    expect(await found({ executed })).toEqual(['action.without_warrant'])
  })
})

describe('an operator who erases what is in the way', () => {
  const eraseFirst = (world: World) => {
    const [event] = stream(world, CASE)
    if (!event) throw new Error('there is no event')
    record(world, CASE, 'usr_admin', 'event.redacted', { seq: event.seq, body: event.body })
    world.erased.add(event)
  }
  const executedAndErased = (world: World) => {
    ordinarily('executed')(world)
    eraseFirst(world)
  }

  it.each<[string, Telling]>([
    ['the approvals that a warrant took', { 'dana approves': null }],
    ['the warrant that was redeemed', { issued: null }],
    ['the redemption', { redeemed: null }],
  ])('C36: can’t blame %s on it', async (_what, telling) => {
    const report = await verify(tell({ ...telling, executed: executedAndErased }))
    expect(codes(report, 'not-shown')).toContain('redaction.untold')
    expect(report.verified).toBe(false)
  })

  it('C36: is verified where nothing rested on what is gone', async () => {
    expect((await verify(tell({ executed: executedAndErased }))).verified).toBe(true)
  })
})

describe('an operator who writes the registry in two ways', () => {
  /** The registry in the order of its numbers, without one of its events. */
  async function registryWithout(world: World, hidden: Recorded | null) {
    const { read } = tilesOf(world.log.map(entryBytes))
    const shown = stream(world, 'registry').filter((event) => event !== hidden)
    const source = {
      ...sourceOf(world),
      async *registry() {
        for (const event of shown.sort((one, other) => one.seq - other.seq)) {
          const index = world.log.indexOf(event)
          yield { event: event.bytes, index, path: inclusionProof(read, index, world.log.length) }
        }
      },
    }
    return verifyBundle(readerOf(await pack(source)), { policy: POLICY })
  }

  it('C10: gives a revocation its place in the log only after the approval that it forbids', async () => {
    const exported = (world: World) => {
      enrol(world, 'usr_later')
      const at = world.log.findIndex(({ case: name, seq }) => name === 'registry' && seq === 4)
      world.log.push(...world.log.splice(at, 1))
      ordinarily('exported')(world)
    }
    const report = await registryWithout(tell({ requested: revokedFirst, exported }), null)
    expect(codes(report)).toContain('log.order')
  })

  it('C10: shows another event than the revocation under its number', async () => {
    const world = tell({ requested: revokedFirst })
    const revocation = world.log.find(({ case: name, seq }) => name === 'registry' && seq === 4) ?? null
    const rest = world.log.filter((event) => event !== revocation)
    const twin = record({ ...world, log: [...rest] }, 'registry', 'usr_bob', 'member.noted', {})
    world.log.push(twin)
    const report = await registryWithout(world, revocation)
    expect(codes(report)).toEqual(['stream.duplicate_events'])
  })
})

function asking(quorum: unknown) {
  return (world: World) => request(world, { quorum })
}
