import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { perform } from '@/lib/act/perform'
import { systemActor } from '@/scripts/system'
import { replays } from '../audit/replays'
import { sqlState } from '../client'
import { aCase, comment, done, FINDING, type TestDatabase, testDatabase } from '../database.test-support'
import { readCase } from '../queries/case-file'
import { readHistory } from '../queries/history'
import { search } from '../queries/search'
import { rebuild } from '../rebuild'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { within } from '../within'
import { act, erase, saidTooMuch, tablesWith, WORDS } from './erasure.test-support'

let test: TestDatabase
const esther = sampleActor('usr_esther')

beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test.close())

async function eventsOf(stream: string) {
  return test.admin<{ seq: number; type: string; body: Buffer | null; hash: string }[]>`
    select seq, type, body, encode(hash, 'hex') as hash from event where org = ${SAMPLE_ORG} and stream = ${stream} order by seq`
}

/** A message in which somebody says these words. */
const messageOf = (words: string) => ({
  platform: 'other',
  permalink: null,
  team: null,
  channel: null,
  channel_name: null,
  thread: null,
  messages: [
    {
      author: `${words}-author`,
      author_id: null,
      author_flags: [],
      said_at: null,
      message_id: 'm1',
      text: `It was ${words}, she said.`,
    },
  ],
  completeness: 'partial',
  completeness_reason: null,
  trust: 'typed',
  verified: null,
  received_at: '2026-01-01T00:00:00.000Z',
  raw_sha256: null,
})

const rules = () => ({ policies: test.deps.policies, origin: test.deps.origin })

describe('C36: what was erased', () => {
  it('is in no table for a superuser either, neither as text nor as bytes nor as a word to find', async () => {
    const words = `Quist${randomUUID().replaceAll('-', '')}`
    const id = test.deps.newId('case')
    const finding = {
      ...FINDING,
      title: `About ${words}`,
      snapshot: messageOf(words),
      reporter_name: words,
      note: words,
    }
    await done(test.deps, sampleActor('usr_hugo'), {
      kind: 'case',
      stream: id,
      command: 'promoteFinding',
      input: finding,
    })
    await comment(test.deps, id, `I know ${words}.`)
    await act(test, 'usr_ada', id, 'declareNoNhi', { reason: `Only ${words}.` })
    const said = (await eventsOf(id)).filter(({ body }) => body?.includes(words)).map(({ seq }) => seq)
    expect(said).toHaveLength(3)
    expect(await tablesWith(test.admin, words)).toEqual(
      expect.arrayContaining(['public.event', 'public.stream', 'public.case_file', 'public.case_words']),
    )
    expect(await search(test.reader, esther, words)).toHaveLength(1)

    await erase(test, id, ...said)

    expect(await tablesWith(test.admin, words)).toEqual([])
    expect(await search(test.reader, esther, words)).toEqual([])
  })

  it('keeps its digest and its place, and the record names who asked, who agreed, and why', async () => {
    const { id, seq } = await saidTooMuch(test)
    const before = (await eventsOf(id))[seq]
    await erase(test, id, seq)
    const after = await eventsOf(id)
    expect(after[seq]).toEqual({ ...before, body: null })
    expect(after.slice(-3).map(({ type }) => type)).toEqual([
      'erasure.requested',
      'erasure.agreed',
      'event.redacted',
    ])
    const file = await readCase(test.reader, esther, rules(), id)
    expect(file?.timeline[seq]).toMatchObject({
      seq,
      type: 'comment.added',
      who: { id: 'usr_ada' },
      data: { text: '[erased]' },
      erased: true,
      erasure: { by: { id: 'usr_chiara' }, reason: 'She asked us to.', rule: null },
    })
    const history = await readHistory(test.reader, esther, { stream: id })
    expect(history.rows.find((row) => row.seq === seq)?.erasure?.by.id).toBe('usr_chiara')
  })

  it('is not missed by a rebuild, which still finds what somebody else changed', async () => {
    const { id, seq } = await saidTooMuch(test)
    await erase(test, id, seq)
    expect((await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
    await test.admin`update stream set state = jsonb_set(state, '{comments}', '7') where stream = ${id}`
    const { differences } = await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: true })
    expect(differences.map(({ stream }) => stream)).toEqual([id])
    expect((await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
  })

  it('may have held a secret: its fingerprint goes on holding off a second case, and a rebuild finds nothing amiss', async () => {
    const fingerprint = 'e'.repeat(64)
    const secrets = [{ label: 'token of Quist', kind: 'bearer-token', fingerprint }]
    const id = test.deps.newId('case')
    const input = { ...FINDING, snapshot: messageOf('a secret'), secrets, message_key: 'typed/erased' }
    const order = { kind: 'case', stream: id, command: 'promoteFinding', input } as const
    await done(test.deps, sampleActor('usr_hugo'), order)
    await erase(test, id, 0)
    const held = await test.admin`select "case" from case_secret where fingerprint = ${fingerprint}`
    expect(held).toEqual([{ case: id }])
    expect((await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
  })

  it('may be an entry that was corrected, or a correction: each says what it is about, and nothing else finds a difference', async () => {
    const { id, seq } = await saidTooMuch(test)
    const correct = (of: number, correction: string) =>
      act(test, 'usr_ada', id, 'correctEntry', { seq: of, correction })
    const corrected = (await correct(seq, `Not ${WORDS}, but her sister.`)).version - 1
    await erase(test, id, seq)
    expect(await tablesWith(test.admin, 'but her sister')).toContain('public.event')
    await erase(test, id, corrected)
    expect(await tablesWith(test.admin, 'but her sister')).toEqual([])
    const file = await readCase(test.reader, esther, rules(), id)
    expect(file?.timeline[corrected]).toMatchObject({
      erased: true,
      data: { seq, body: file?.timeline[seq]?.seal.hash, text: '[erased]', reason: null },
    })
    expect((await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
  })

  it('is where a replay goes on from what is left, and says at the step who let it go and why', async () => {
    const { id, seq } = await saidTooMuch(test)
    await erase(test, id, 0, seq)
    const own = replays({ reader: test.reader, sql: test.deps.sql, origin: 'http://localhost:3000' })
    const step = await own.moment(SAMPLE_ORG, id, seq)
    const { comments, severity, stage, title } = step?.frame.state ?? {}
    expect({ comments, severity, stage, title }).toEqual({
      ...{ comments: 1, severity: 'medium', stage: 'identify', title: '[erased]' },
    })
    expect(step?.frame).toMatchObject({ erased: [0, seq], lost: [], changed: ['comments'] })
    expect(step?.entry).toMatchObject({
      erased: true,
      erasure: { reason: 'She asked us to.', by: { id: 'usr_chiara' } },
    })
    const { stops = [] } = (await own.overview(SAMPLE_ORG, id)) ?? {}
    expect(stops.flatMap((stop) => (stop.erased ? [stop.seq] : []))).toEqual([0, seq])
  })

  it('leaves no answer behind, whose digest has no salt: a repeated command finds nothing to repeat', async () => {
    const id = await aCase(test.deps)
    const key = randomUUID()
    const order = { kind: 'case', stream: id, command: 'addComment', input: { text: WORDS }, key } as const
    const { version } = await done(test.deps, sampleActor('usr_ada'), order)
    await erase(test, id, version - 1)
    expect(await test.admin`select key from answer where key = ${key}`).toEqual([])
  })
})

describe('the database’s own rule', () => {
  const refused = async (work: Promise<unknown>) => sqlState(await work.catch((error) => error))
  const bare = (type: string, data: object, stream: string, seq: number, who = 'usr_chiara') => {
    const body = Buffer.from(
      JSON.stringify({ actor: { id: who, kind: 'human' }, case: stream, data, seq, type }),
    )
    return within(
      test.deps.sql,
      SAMPLE_ORG,
      (tx) => tx`insert into event (org, stream, seq, type, at, actor, correlation, hash, body)
        values (${SAMPLE_ORG}, ${stream}, ${seq}, ${type}, now(), ${who}, ${stream}, sha256(${body}), ${body})`,
    )
  }

  it('C21: no role takes a body away by hand, and no superuser without tearing the rule down first', async () => {
    const { id } = await saidTooMuch(test)
    const away = (sql: typeof test.admin) =>
      within(sql, SAMPLE_ORG, (tx) => tx`update event set body = null where stream = ${id}`)
    expect(await refused(away(test.deps.sql))).toBe('42501')
    expect(await refused(away(test.admin))).toBe('42501')
    expect(await refused(test.deps.sql`set role on_record_eraser`)).toBe('42501')
  })

  it('C36: lets a body go only where two people have agreed on that very event', async () => {
    const { id, seq } = await saidTooMuch(test)
    const said = await eventsOf(id)
    const { hash: body, type } = said[seq] ?? { hash: '', type: '' }
    const next = said.length
    const erasing = { seq, body, type, erasure: 'era_forged', rule: null, left: {}, reason: 'x' }
    const redact = (at: number) => bare('event.redacted', erasing, id, at)
    expect(await refused(redact(next))).toBe('42501')
    const asked = { erasure: 'era_forged', events: [{ seq, body }] }
    await bare('erasure.requested', asked, id, next, 'usr_ada')
    expect(await refused(redact(next + 1))).toBe('42501')
    await bare('erasure.agreed', { erasure: 'era_forged' }, id, next + 1, 'usr_ada')
    expect(await refused(redact(next + 2))).toBe('42501')
    const other = { ...erasing, seq: 0, type: 'finding.promoted', body: said[0]?.hash }
    await bare('erasure.agreed', { erasure: 'era_forged' }, id, next + 2, 'usr_chiara')
    expect(await refused(bare('event.redacted', other, id, next + 3))).toBe('42501')
    const state = { ...erasing, seq: 1, type: 'case.state', body: said[1]?.hash }
    expect(await refused(bare('event.redacted', state, id, next + 3))).toBe('42501')
    expect((await eventsOf(id))[seq]?.body).not.toBeNull()
    await redact(next + 3)
    expect((await eventsOf(id))[seq]?.body).toBeNull()
    await test.admin`delete from pending where stream = ${id}`
  })

  it('C36: lets none go while a hold stands, even when the application forgets it', async () => {
    const { id, seq } = await saidTooMuch(test)
    const { ids } = await act(test, 'usr_grace', id, 'requestErasure', { seqs: [seq], reason: 'x' })
    await act(test, 'usr_farid', id, 'placeHold', { reason: 'Litigation.' })
    const said = await eventsOf(id)
    const erasing = { seq, body: said[seq]?.hash, type: 'comment.added', erasure: ids.erasure, rule: null }
    await bare('erasure.agreed', { erasure: ids.erasure }, id, said.length)
    expect(await refused(bare('event.redacted', erasing, id, said.length + 1))).toBe('OR001')
    // Who placed it can't lift it, whatever was written.
    const hold = JSON.parse(String(said.at(-1)?.body)).data.hold
    await bare('hold.lifted', { hold }, id, said.length + 1, 'usr_farid')
    expect(await refused(bare('event.redacted', erasing, id, said.length + 2))).toBe('OR001')
  })
})

describe('a legal hold', () => {
  const agree = (id: string, erasure: string | undefined) =>
    perform(test.deps, sampleActor('usr_chiara'), {
      kind: 'case',
      stream: id,
      command: 'agreeErasure',
      input: { erasure },
      key: randomUUID(),
    })

  it('that races with an erasure either stops it or comes after it', async () => {
    for (let times = 0; times < 6; times++) {
      const { id, seq } = await saidTooMuch(test)
      const { ids } = await act(test, 'usr_grace', id, 'requestErasure', { seqs: [seq], reason: 'x' })
      const [outcome] = await Promise.all([
        agree(id, ids.erasure),
        act(test, 'usr_farid', id, 'placeHold', { reason: 'Litigation.' }),
      ])
      const types = (await eventsOf(id)).map(({ type }) => type)
      const [held, gone] = [types.indexOf('hold.placed'), types.indexOf('event.redacted')]
      if ('refused' in outcome) expect([outcome.code, gone]).toEqual(['held', -1])
      else expect(gone).toBeLessThan(held)
    }
  })

  it('on the organisation holds every case, until somebody else than who placed it lifts it', async () => {
    const { id, seq } = await saidTooMuch(test)
    const { ids } = await act(test, 'usr_grace', id, 'requestErasure', { seqs: [seq], reason: 'x' })
    const registry = (who: string, command: string, input: object) =>
      perform(test.deps, sampleActor(who), {
        kind: 'registry',
        stream: 'registry',
        command,
        input,
        key: randomUUID(),
      })
    const [first, placed] = await Promise.all([
      agree(id, ids.erasure),
      registry('usr_farid', 'holdOrganisation', { reason: 'Investigation.' }),
    ])
    const hold = 'ids' in placed ? placed.ids.hold : undefined
    const other = await saidTooMuch(test)
    const asked = await perform(test.deps, sampleActor('usr_grace'), {
      kind: 'case',
      stream: other.id,
      command: 'requestErasure',
      input: { seqs: [other.seq], reason: 'x' },
      key: randomUUID(),
    })
    expect(asked).toMatchObject({ code: 'held', sentence: expect.stringContaining('organisation') })
    expect(await registry('usr_farid', 'releaseOrganisation', { hold, reason: 'Over.' })).toMatchObject({
      code: 'separation_of_duties',
    })
    expect(await registry('usr_esther', 'releaseOrganisation', { hold, reason: 'Over.' })).not.toHaveProperty(
      'refused',
    )
    if ('refused' in first) expect(await agree(id, ids.erasure)).not.toHaveProperty('refused')
    expect((await eventsOf(id))[seq]?.body).toBeNull()
  })
})

describe('attempts', () => {
  it('C12: to agree to one’s own erasure are on record', async () => {
    const { id, seq } = await saidTooMuch(test)
    const { ids } = await act(test, 'usr_grace', id, 'requestErasure', { seqs: [seq], reason: 'x' })
    const outcome = await perform(test.deps, sampleActor('usr_grace'), {
      kind: 'case',
      stream: id,
      command: 'agreeErasure',
      input: { erasure: ids.erasure },
      key: randomUUID(),
    })
    expect(outcome).toMatchObject({ code: 'separation_of_duties' })
    const last = (await eventsOf(id)).at(-1)
    expect(last?.type).toBe('policy.denied')
    expect(String(last?.body)).toContain('agreeErasure')
  })

  it('C36: the system alone erases nothing without a rule in force', async () => {
    const { id, seq } = await saidTooMuch(test)
    const outcome = await perform(test.deps, systemActor('sys_worker', SAMPLE_ORG), {
      kind: 'case',
      stream: id,
      command: 'eraseByRule',
      input: { rule: 'ret_none', seqs: [seq] },
      key: randomUUID(),
    })
    expect(outcome).toMatchObject({ code: 'stale' })
  })
})
