import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOTHING_WANTED } from '@/lib/act/facts'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import { fromUtf8, toHex } from '@/lib/record/bytes'
import { isCanonical } from '@/lib/record/canonical'
import { eventHash, GENESIS } from '@/lib/record/envelope'
import { aCase, comment, done, FINDING, type TestDatabase, testDatabase } from './database.test-support'
import { sampleActor } from './seed/actors'
import { SAMPLE_ORG } from './seed/people'

let test: TestDatabase
const [ada, hugo, esther] = [sampleActor('usr_ada'), sampleActor('usr_hugo'), sampleActor('usr_esther')]

beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test.close())

async function events(stream: string) {
  const rows = await test.admin<{ seq: number; type: string; body: Buffer; hash: Buffer; at: string }[]>`
    select seq, type, body, hash, utc(at) as at from event where org = ${SAMPLE_ORG} and stream = ${stream} order by seq`
  return rows.map((row) => ({ ...row, envelope: JSON.parse(fromUtf8(row.body)) }))
}

describe('a command that is taken', () => {
  it('leaves its events, chained by the digest of their exact canonical bytes', async () => {
    const id = await aCase(test.deps)
    await comment(test.deps, id, 'The log is public – “really”, 🙂 and é')
    let prev = GENESIS
    for (const [seq, event] of (await events(id)).entries()) {
      expect(isCanonical(event.body)).toBe(true)
      expect(event.envelope).toMatchObject({ seq, prev, case: id, at: event.at })
      prev = eventHash(event.body)
      expect(toHex(event.hash)).toBe(prev)
    }
  })

  it('C11: says which policy set and rule let it happen', async () => {
    const id = await aCase(test.deps)
    for (const { envelope } of await events(id)) {
      expect(envelope.policy).toMatchObject({ bundle: test.deps.policies.bundle, decision: 'allow' })
      expect(envelope.policy.rule).not.toBe('')
      expect(envelope.policy.decision_id).toMatch(/^dec_/)
    }
  })

  it('C66: carries who, when and through which door, with times that never go back', async () => {
    const id = await aCase(test.deps)
    for (let i = 0; i < 5; i++) await comment(test.deps, id, `note ${i}`)
    const list = await events(id)
    expect(list.at(-1)?.envelope.actor).toMatchObject({
      id: 'usr_ada',
      kind: 'human',
      via: 'job',
      auth: { acr: 'sample' },
    })
    const times = list.map((event) => event.at)
    expect(times).toEqual([...times].sort())
    expect(times.every((time) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time))).toBe(true)
  })

  it('is answered the same again under its key, and done once', async () => {
    const id = await aCase(test.deps)
    const order = {
      kind: 'case',
      stream: id,
      command: 'addComment',
      input: { text: 'once' },
      key: randomUUID(),
    } as const
    const [first, ...others] = await Promise.all(
      Array.from({ length: 8 }, () => perform(test.deps, ada, order)),
    )
    for (const other of others) expect(other).toEqual(first)
    expect((await events(id)).filter((event) => event.type === 'comment.added')).toHaveLength(1)
  })

  it('keeps its key: another command under it is a conflict', async () => {
    const id = await aCase(test.deps)
    const key = randomUUID()
    await done(test.deps, ada, {
      kind: 'case',
      stream: id,
      command: 'addComment',
      input: { text: 'one' },
      key,
    })
    const second = await perform(test.deps, ada, {
      kind: 'case',
      stream: id,
      command: 'addComment',
      input: { text: 'two' },
      key,
    })
    expect(second).toMatchObject({ refused: true, code: 'conflict' })
  })
})

describe('a command that is refused', () => {
  it('C12: leaves the attempt on the record, and the state as it was', async () => {
    const id = await aCase(test.deps)
    const before = (await events(id)).length
    const outcome = await perform(test.deps, esther, {
      kind: 'case',
      stream: id,
      command: 'setSeverity',
      input: { severity: 'low' },
      key: randomUUID(),
    })
    expect(outcome).toMatchObject({ refused: true, code: 'forbidden' })
    const list = await events(id)
    expect(list).toHaveLength(before + 1)
    expect(list.at(-1)?.envelope).toMatchObject({
      type: 'policy.denied',
      actor: { id: 'usr_esther' },
      policy: { decision: 'deny' },
      data: { command: 'setSeverity', code: 'forbidden' },
    })
  })

  it("C12: is on the organisation's registry when the case that it asked for never came to be", async () => {
    const stream = test.deps.newId('case')
    const outcome = await perform(test.deps, esther, {
      kind: 'case',
      stream,
      command: 'promoteFinding',
      input: FINDING,
      key: randomUUID(),
    })
    expect(outcome).toMatchObject({ refused: true, code: 'forbidden' })
    expect(await events(stream)).toHaveLength(0)
    expect((await events('registry')).at(-1)?.envelope).toMatchObject({
      type: 'policy.denied',
      correlation: stream,
      actor: { id: 'usr_esther' },
      data: { command: 'promoteFinding' },
    })
  })

  it('C32: leaves nothing when its text could not be written down exactly', async () => {
    const id = await aCase(test.deps)
    const before = (await events(id)).length
    for (const text of ['lone \ud800 surrogate', 'NUL \u0000', '']) {
      const outcome = await perform(test.deps, ada, {
        kind: 'case',
        stream: id,
        command: 'addComment',
        input: { text },
        key: randomUUID(),
      })
      expect(outcome).toMatchObject({ refused: true, code: 'invalid', field: 'text' })
    }
    expect(await events(id)).toHaveLength(before)
  })

  it('finds no case of another name, and writes nothing about it', async () => {
    const outcome = await perform(test.deps, ada, {
      kind: 'case',
      stream: 'case_nowhere',
      command: 'addComment',
      input: { text: 'x' },
      key: randomUUID(),
    })
    expect(outcome).toMatchObject({ refused: true, code: 'not_found' })
    expect(await events('case_nowhere')).toHaveLength(0)
  })
})

describe('several at once', () => {
  it('each finds its own stream, beside one that asks for what cannot be found', async () => {
    const people = [ada, hugo, esther]
    const ids = await Promise.all(people.map(() => aCase(test.deps)))
    await Promise.all(ids.map((id) => comment(test.deps, id, `this is ${id}`)))
    const asked = [...people, ...people].map((actor, place) => ({ actor, id: ids[place % ids.length] ?? '' }))
    const odd = test.deps.ledger.open(ada, 'case', ids[0] ?? '', 'odd', {
      ...NOTHING_WANTED,
      head: 'not hexadecimal',
    })
    const pages = asked.map(({ actor, id }) =>
      test.deps.ledger.open(actor, 'case', id, `key of ${actor.id}`, {
        ...NOTHING_WANTED,
        members: [actor.id],
      }),
    )
    await expect(odd).rejects.toThrow()
    for (const [place, { state, facts }] of (await Promise.all(pages)).entries()) {
      expect(state).toMatchObject({ id: asked[place]?.id })
      expect(Object.keys(facts.members)).toContain(asked[place]?.actor.id)
    }
  })

  it('are written in a few transactions, each command once and in its own stream', async () => {
    const ids = await Promise.all(Array.from({ length: 16 }, () => aCase(test.deps)))
    await Promise.all(ids.map((id) => comment(test.deps, id, `only for ${id}`)))
    const said = await test.admin<{ stream: string; text: string; transaction: string }[]>`
      select stream, convert_from(body, 'UTF8')::jsonb -> 'data' ->> 'text' as text, xmin::text as transaction
      from event where type = 'comment.added' and stream = any(${ids})`
    expect(said).toHaveLength(16)
    for (const { stream, text } of said) expect(text).toBe(`only for ${stream}`)
    expect(new Set(said.map(({ transaction }) => transaction)).size).toBeLessThan(8)
  })

  it('wait for nobody: what somebody else holds keeps only its own command waiting', async () => {
    const [held = '', ...others] = await Promise.all(Array.from({ length: 6 }, () => aCase(test.deps)))
    let release = () => {}
    let holding: Promise<unknown> = Promise.resolve()
    await new Promise<void>((isHeld) => {
      holding = test.admin.begin(async (sql) => {
        await sql`select 1 from stream where org = ${SAMPLE_ORG} and stream = ${held} for update`
        isHeld()
        await new Promise<void>((letGo) => {
          release = letGo
        })
      })
    })
    let isHeldDone = false
    const waiting = comment(test.deps, held, 'as soon as I can').then(() => {
      isHeldDone = true
    })
    await Promise.all(others.map((id) => comment(test.deps, id, 'at once')))
    await Promise.all(others.map((id) => comment(test.deps, id, 'and again')))
    expect(isHeldDone).toBe(false)
    release()
    await Promise.all([holding, waiting])
    for (const id of [held, ...others]) {
      const list = await events(id)
      expect(list.map(({ seq }) => seq)).toEqual(list.map((_, place) => place))
    }
    expect((await events(held)).at(-1)?.envelope.data.text).toBe('as soon as I can')
  })

  it('are not hindered by one beside them whose message makes a case already', async () => {
    const input = { ...FINDING, message_key: `slack:C3:${randomUUID()}` }
    const ids = await Promise.all(Array.from({ length: 5 }, () => aCase(test.deps)))
    const [outcomes] = await Promise.all([
      Promise.all(
        ids.map(() =>
          perform(test.deps, hugo, {
            kind: 'case',
            stream: test.deps.newId('case'),
            command: 'promoteFinding',
            input,
            key: randomUUID(),
          }),
        ),
      ),
      Promise.all(ids.map((id) => comment(test.deps, id, 'beside it'))),
    ])
    expect(outcomes.filter((outcome) => !isRefusal(outcome))).toHaveLength(1)
    for (const id of ids) expect((await events(id)).at(-1)?.envelope.data.text).toBe('beside it')
  })

  it('C23: 64 writers on one case: every event has its place, none is lost', async () => {
    const id = await aCase(test.deps)
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_, i) => comment(test.deps, id, `writer ${i}`)),
    )
    expect(new Set(outcomes.map((outcome) => outcome.version)).size).toBe(64)
    const list = await events(id)
    expect(list.map((event) => event.seq)).toEqual(list.map((_, index) => index))
    expect(
      new Set(list.filter((event) => event.type === 'comment.added').map((event) => event.envelope.data.text))
        .size,
    ).toBe(64)
  })

  it('C18: of two who move the case at the same moment, exactly one does', async () => {
    const id = await aCase(test.deps)
    await done(test.deps, ada, {
      kind: 'case',
      stream: id,
      command: 'declareNoNhi',
      input: { reason: 'none' },
    })
    await done(test.deps, ada, {
      kind: 'case',
      stream: id,
      command: 'attachEvidence',
      input: {
        sha256: 'a'.repeat(64),
        bytes: 1,
        media_type: 'text/plain',
        name: 'log',
        kind: 'text',
        source: 'desk',
        tool: null,
        trust: 'typed',
      },
    })
    const confirm = (name: string) =>
      perform(test.deps, sampleActor(name), {
        kind: 'case',
        stream: id,
        command: 'confirmCase',
        input: { criticality: 'high', privilege: 'high', exposure: 'public', note: name },
        key: randomUUID(),
      })
    const outcomes = await Promise.all([confirm('usr_ada'), confirm('usr_bruno'), confirm('usr_grace')])
    expect(outcomes.filter((outcome) => !isRefusal(outcome))).toHaveLength(1)
    expect((await events(id)).filter((event) => event.type === 'case.confirmed')).toHaveLength(1)
  })

  it('C14: of two administrators who remove each other at once, one stays', async () => {
    const [farid, reason] = [sampleActor('usr_farid'), 'No longer with us.']
    const onRegistry = (who: typeof farid, command: string, input: unknown) =>
      perform(test.deps, who, { kind: 'registry', stream: 'registry', command, input, key: randomUUID() })
    const roles = { member: 'usr_bruno', roles: ['analyst', 'admin'], reason: 'A second pair of hands.' }
    expect(isRefusal(await onRegistry(farid, 'changeRoles', roles))).toBe(false)
    const bruno = { ...sampleActor('usr_bruno'), roles: ['analyst', 'admin'] } as typeof farid
    const outcomes = await Promise.all([
      onRegistry(farid, 'removeMember', { member: 'usr_bruno', reason }),
      onRegistry(bruno, 'removeMember', { member: 'usr_farid', reason }),
    ])
    expect(outcomes.filter((outcome) => isRefusal(outcome) && outcome.code === 'forbidden')).toHaveLength(1)
    const active = await test.admin`
      select id from member where org = ${SAMPLE_ORG} and id in ('usr_farid', 'usr_bruno') and active`
    expect(active).toHaveLength(1)
  })

  it('a command that saw an older version is told so', async () => {
    const id = await aCase(test.deps)
    const { version } = await comment(test.deps, id, 'first')
    await comment(test.deps, id, 'second')
    const outcome = await perform(test.deps, ada, {
      kind: 'case',
      stream: id,
      command: 'addComment',
      input: { text: 'third' },
      key: randomUUID(),
      expectedVersion: version,
    })
    expect(outcome).toMatchObject({ refused: true, code: 'conflict', version: version + 1 })
  })

  it('one message makes one case, however many promote it at once', async () => {
    const input = { ...FINDING, message_key: `slack:C1:${randomUUID()}` }
    const promotions = Array.from({ length: 10 }, () =>
      perform(test.deps, hugo, {
        kind: 'case',
        stream: test.deps.newId('case'),
        command: 'promoteFinding',
        input,
        key: randomUUID(),
      }),
    )
    const outcomes = await Promise.all(promotions)
    const made = outcomes.filter((outcome) => !isRefusal(outcome))
    expect(made).toHaveLength(1)
    const existing = made[0] && !isRefusal(made[0]) ? made[0].stream : null
    for (const outcome of outcomes)
      if (isRefusal(outcome)) expect(outcome).toMatchObject({ code: 'duplicate', existing })
  })

  it('one secret has one open case, however many find it at once', async () => {
    const secrets = [{ label: 'password', kind: 'password', fingerprint: 'ab'.repeat(32) }]
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        perform(test.deps, hugo, {
          kind: 'case',
          stream: test.deps.newId('case'),
          command: 'promoteFinding',
          input: { ...FINDING, snapshot: snapshotOf(`message ${i}`), secrets, message_key: `slack:C2:${i}` },
          key: randomUUID(),
        }),
      ),
    )
    expect(outcomes.filter((outcome) => !isRefusal(outcome))).toHaveLength(1)
  })
})

function snapshotOf(text: string) {
  const message = { author: 'Hugo', author_id: null, author_flags: [], said_at: null, message_id: null, text }
  return {
    platform: 'other',
    permalink: null,
    team: null,
    channel: null,
    channel_name: null,
    thread: null,
    messages: [message],
    completeness: 'partial',
    completeness_reason: null,
    trust: 'typed',
    verified: null,
    received_at: '2026-01-01T00:00:00.000Z',
    raw_sha256: null,
  }
}
