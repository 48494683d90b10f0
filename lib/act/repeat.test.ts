import { describe, expect, it } from 'vitest'
import { CASE } from './given.fixture'
import { envelopesOf } from './ledger.fixture'
import { ada, as, bruno, dev, executor, FACTS, grace, hugo, withMember } from './people.fixture'
import { organisation, playing, worldOf } from './perform.fixture'
import { isRefusal } from './refusal'
import { ACCEPTED, CONTEXT, PROMOTED, promotion, ROTATION, redeemed, WARRANTED } from './story.fixture'

const comment = { text: 'Looking.' }
const code = (outcome: unknown) => (isRefusal(outcome) ? outcome.code : 'done')

describe('asking twice', () => {
  it('under the same key gets the same answer, whatever happened in between', async () => {
    const org = await playing(ACCEPTED)
    const first = await org.does(ada, 'proposeAction', ROTATION, { key: 'one-key' })
    await org.does(bruno, 'addComment', comment)
    const version = org.ledger.streams.get(CASE)?.version
    expect(await org.does(ada, 'proposeAction', ROTATION, { key: 'one-key' })).toEqual(first)
    expect(org.ledger.streams.get(CASE)?.version).toBe(version)
  })

  it('under the same key for something else is a conflict; the key is one’s own', async () => {
    const org = await playing(ACCEPTED)
    await org.does(ada, 'addComment', comment, { key: 'one-key' })
    expect(code(await org.does(ada, 'addComment', { text: 'Other.' }, { key: 'one-key' }))).toBe('conflict')
    expect(code(await org.does(ada, 'retitleCase', { title: 'Other' }, { key: 'one-key' }))).toBe('conflict')
    expect(code(await org.does(bruno, 'addComment', comment, { key: 'one-key' }))).toBe('done')
  })

  it('at the same moment is done once', async () => {
    const org = await playing(ACCEPTED)
    const before = org.ledger.streams.get(CASE)?.version ?? 0
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => org.does(ada, 'addComment', comment, { key: 'one-key' })),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(org.ledger.streams.get(CASE)?.version).toBe(before + 1)
  })

  it('after a refusal is judged again', async () => {
    const org = await playing(PROMOTED)
    expect(code(await org.does(hugo, 'confirmCase', CONTEXT, { key: 'one-key' }))).toBe('forbidden')
    org.ledger.facts = withMember(FACTS, 'usr_hugo', { roles: ['analyst'] })
    expect(code(await org.does(as(hugo, 'analyst'), 'confirmCase', CONTEXT, { key: 'one-key' }))).toBe('done')
  })
})

describe('somebody is faster', () => {
  it('and whoever looked at an older version is told, with the present one', async () => {
    const org = await playing(PROMOTED)
    const version = org.ledger.streams.get(CASE)?.version ?? 0
    await org.does(bruno, 'addComment', comment)
    const late = await org.does(ada, 'addComment', comment, { expectedVersion: version })
    expect(late).toMatchObject({ code: 'conflict', version: version + 1 })
    expect(code(await org.does(ada, 'addComment', comment, { expectedVersion: version + 1 }))).toBe('done')
  })

  it('C18: of two who confirm at the same moment exactly one does', async () => {
    const org = await playing(PROMOTED)
    const both = await Promise.all([bruno, grace].map((actor) => org.does(actor, 'confirmCase', CONTEXT)))
    expect(both.map(code).toSorted()).toEqual(['done', 'wrong_stage'])
    expect(envelopesOf(org.ledger, CASE).filter(({ type }) => type === 'case.confirmed')).toHaveLength(1)
  })

  it('C51: fifty who redeem one warrant at the same moment do it once', async () => {
    const org = await playing(WARRANTED)
    const input = redeemed(worldOf(org.ledger))
    const all = await Promise.all(
      Array.from({ length: 50 }, () => org.does(executor, 'redeemWarrant', input)),
    )
    expect(all.map(code).filter((each) => each === 'done')).toHaveLength(1)
    expect(envelopesOf(org.ledger, CASE).filter(({ type }) => type === 'warrant.redeemed')).toHaveLength(1)
  })

  it('again and again, and the command asks to be alone in the end', async () => {
    const org = await playing(PROMOTED)
    let overtaken = 0
    const often = async () => {
      await org.does(bruno, 'addComment', { text: `${++overtaken}` })
      if (overtaken < 3) org.ledger.beforeWrite = often
    }
    org.ledger.beforeWrite = often
    expect(code(await org.does(ada, 'addComment', comment))).toBe('done')
    expect([overtaken, org.ledger.alones]).toEqual([3, 1])
  })

  it('with the same message, and it becomes one case', async () => {
    const org = organisation()
    const both = await Promise.all([
      org.does(hugo, 'promoteFinding', promotion()),
      org.does(dev, 'promoteFinding', promotion(), { stream: 'case_second' }),
    ])
    expect(both.map(code)).toEqual(['done', 'duplicate'])
    expect(both[1]).toMatchObject({ existing: CASE })
    expect([...org.ledger.streams.keys()]).toEqual([CASE])
  })
})
