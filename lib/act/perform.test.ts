import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../record/digest'
import { GENESIS, isTime } from '../record/envelope'
import { CASE } from './given.fixture'
import { envelopesOf, replayed } from './ledger.fixture'
import { ada, esther, executor } from './people.fixture'
import { organisation, playing, worldOf } from './perform.fixture'
import { isRefusal } from './refusal'
import { ACCEPTED, CLOSED, PROMOTED, promotion, ROTATION } from './story.fixture'

const comment = { text: 'Looking.' }
const code = (outcome: unknown) => (isRefusal(outcome) ? outcome.code : 'done')

describe('the one way in', () => {
  it('takes a whole story under the shipped policies, from the message to the closed case', async () => {
    const { ledger } = await playing(CLOSED)
    expect(worldOf(ledger).state).toMatchObject({ stage: 'closed', disposition: 'remediated' })
    expect(replayed(ledger, CASE)).toEqual(ledger.streams.get(CASE)?.state)
  })

  it('C66: every event says who, when, by which decision, and carries the hash of the one before', async () => {
    const { ledger } = await playing(CLOSED)
    let [prev, at] = [GENESIS, '']
    for (const [seq, { bytes, hash }] of (ledger.streams.get(CASE)?.events ?? []).entries()) {
      const envelope = JSON.parse(new TextDecoder().decode(bytes))
      expect(envelope).toMatchObject({ seq, prev, case: CASE, v: 1, cause: 'r-1', correlation: CASE })
      expect(isTime(envelope.at)).toBe(true)
      expect(envelope.at >= at).toBe(true)
      expect(envelope.policy).toMatchObject({
        decision: 'allow',
        decision_id: expect.stringMatching(/^dec_/),
      })
      expect(envelope.policy.rule).not.toBe('')
      expect(sha256Hex(bytes)).toBe(hash)
      ;[prev, at] = [hash, envelope.at]
    }
    const redemption = envelopesOf(ledger, CASE).find(({ type }) => type === 'warrant.redeemed')
    expect(redemption.actor).toMatchObject({ id: executor.id, kind: 'nhi', owner: 'usr_ivo', via: 'api' })
  })

  it('C66: time never runs backwards in a stream, even when a clock does', async () => {
    const org = await playing(PROMOTED)
    org.ledger.now = '2026-03-02T07:00:00.000Z'
    await org.does(ada, 'addComment', comment)
    const times = envelopesOf(org.ledger, CASE).map(({ at }) => at)
    expect(times).toEqual(times.toSorted())
  })

  it('answers with the version, the events and the ids that it made, and tells who watches', async () => {
    const org = await playing(ACCEPTED)
    const before = org.ledger.streams.get(CASE)?.version ?? 0
    const answer = await org.does(ada, 'proposeAction', ROTATION)
    expect(answer).toMatchObject({
      stream: CASE,
      version: before + 1,
      events: [{ seq: before, type: 'action.requested' }],
    })
    expect(answer).toMatchObject({ ids: { request: expect.stringMatching(/^req_/) } })
    expect(org.announced.at(-1)).toBe(`org_halden ${CASE} ${before + 1}`)
    expect(org.ledger.effects.at(-1)).toMatchObject({ job: 'expire-action' })
  })
})

describe('C32: input that does not fit', () => {
  it.each([
    ['an unknown command', 'becomeAdmin', {}],
    ['a missing field', 'confirmCase', {}],
    ['C17: a field too many', 'addComment', { ...comment, approved_by: 'usr_chiara' }],
    ['a lone surrogate', 'addComment', { text: '\ud800' }],
    ['a lone surrogate in a parameter', 'proposeAction', { ...ROTATION, params: { group: '\ud800' } }],
    ['NUL in a statement', 'approveAction', { request: 'req_1', statement: 'a\u0000', dwell_ms: 1 }],
    ['a fraction', 'approveAction', { request: 'req_1', statement: '{}', dwell_ms: 1.5 }],
    ['minus zero', 'proposeAction', { ...ROTATION, params: { end_sessions: -0 } }],
  ])('%s is refused and never reaches the record', async (_, command, input) => {
    const org = await playing(PROMOTED)
    const before = { ...org.ledger.streams.get(CASE), opened: org.ledger.opened }
    expect(['invalid', 'not_found']).toContain(code(await org.does(ada, command, input)))
    expect({ ...org.ledger.streams.get(CASE), opened: org.ledger.opened }).toEqual(before)
  })

  it('a case that is not there is not found, and nothing comes to be', async () => {
    const org = organisation()
    expect(code(await org.does(ada, 'addComment', comment))).toBe('not_found')
    expect(code(await org.does(esther, 'promoteFinding', promotion()))).toBe('forbidden')
    expect(org.ledger.streams.size).toBe(0)
  })
})
