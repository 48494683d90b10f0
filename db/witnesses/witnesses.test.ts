import { copyFile, mkdtemp } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseCheckpoint } from '@/lib/record/checkpoint'
import { cosigner } from '@/lib/record/cosignature'
import { formatVkey, noteSigner, parseNote, signatureLine } from '@/lib/record/note'
import { applyPolicy, parsePolicy } from '@/lib/record/policy-file'
import { parseAddCheckpoint } from '@/lib/record/witness'
import { witnessPolicyLines } from '@/lib/registry/witnesses'
import {
  aLog,
  bundleWitness,
  type RunningWitness,
  startWitness,
} from '@/scripts/witness/witness.test-support'
import { connect } from '../client'
import {
  aCase,
  comment,
  done,
  LOG_ORIGIN,
  LOG_SEED,
  onlyKey,
  type TestDatabase,
  testDatabase,
} from '../database.test-support'
import { ForkRefused } from '../log/fork'
import { keptIn } from '../log/kept'
import { publishedCheckpoint, witnessedCheckpoint } from '../log/published'
import { rebuild } from '../rebuild'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { sequencer } from '../sequencer'
import { within } from '../within'
import { keepOutcome } from './keep'
import { witnessing } from './witnessing'

const LOG = formatVkey(noteSigner(`${LOG_ORIGIN}/${SAMPLE_ORG}`, LOG_SEED))
let test: TestDatabase
let bundle: string
const ended: (() => unknown)[] = []

beforeAll(async () => {
  bundle = await bundleWitness()
  test = await testDatabase()
  await aCase(test.deps)
  await test.seal()
})
afterAll(async () => {
  for (const end of ended) await end()
  await test.close()
})
afterEach(async () => {
  const { witnesses } = await registry()
  for (const { vkey } of witnesses) await remove(vkey)
})

type Registry = { witnesses: { vkey: string; name: string; url: string }[]; witness_quorum: number }
async function registry(): Promise<Registry> {
  const [row] = await test.admin<
    { state: Registry }[]
  >`select state from stream where org = ${SAMPLE_ORG} and stream = 'registry'`
  if (!row) throw new Error('no registry')
  return row.state
}
const tell = (command: string, input: object) =>
  done(test.deps, sampleActor('usr_farid'), { kind: 'registry', stream: 'registry', command, input })
const add = ({ vkey, url }: { vkey: string; url: string }) => tell('addWitness', { vkey, url })
async function remove(vkey: string): Promise<void> {
  if ((await registry()).witnesses.length > 1 && (await registry()).witness_quorum > 1)
    await tell('setWitnessQuorum', { quorum: 1, reason: 'of this test' })
  await tell('removeWitness', { vkey, reason: 'of this test' })
}

async function anotherTeam(logs: readonly string[] = [LOG], folder?: string): Promise<RunningWitness> {
  const own = folder ?? (await mkdtemp(join(tmpdir(), 'on-record-witness-')))
  const witness = await startWitness(bundle, own, logs)
  ended.push(witness.kill)
  return witness
}

/** A witness that answers as it likes. */
async function oddWitness(answer: (body: string) => { status: number; body: string; type?: string } | null) {
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      asked.push(body)
      const said = answer(body)
      if (said) response.writeHead(said.status, { 'content-type': said.type ?? 'text/plain' }).end(said.body)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  ended.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const vkey = formatVkey(
    cosigner(`odd.example/${asked.length}${Math.random()}`, crypto.getRandomValues(new Uint8Array(32))),
  )
  return { vkey, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, asked }
}

/** Everybody is asked until nobody is due any more, or the patience ends. */
async function witnessed(patience = 1_500): Promise<{ said: [string, Record<string, unknown>][] }> {
  const said: [string, Record<string, unknown>][] = []
  const stop = new AbortController()
  const sql = connect(test.url('on_record_sequencer'), 2, 'test witnessing')
  const round = witnessing(
    sql,
    { report: (event, details) => void said.push([event, details]), lateAfter: 60 },
    stop.signal,
    () => undefined,
  )
  const end = Date.now() + patience
  const count = (await registry()).witnesses.length
  while (Date.now() < end && said.length < count) {
    await round()
    await new Promise((next) => setTimeout(next, 25))
  }
  stop.abort()
  await sql.end()
  return { said }
}

async function state(vkey: string) {
  const [row] = await test.admin<{ size: number; error: string | null }[]>`
    select size::int as size, error from witness_state where org = ${SAMPLE_ORG} and witness = ${vkey}`
  return row
}
const head = async () =>
  parseCheckpoint(parseNote((await publishedCheckpoint(test.deps.sql, SAMPLE_ORG)) ?? '').text)
async function grow(): Promise<void> {
  await comment(test.deps, await aCase(test.deps), 'one more')
  await test.seal()
}

describe('a checkpoint', () => {
  it('C27 is cosigned by every witness, and shows that under the policy that anybody may write', async () => {
    const teams = [await anotherTeam(), await anotherTeam()]
    for (const team of teams) await add(team)
    await tell('setWitnessQuorum', { quorum: 2, reason: 'both of them' })
    await grow()
    await witnessed()
    const note = parseNote((await publishedCheckpoint(test.deps.sql, SAMPLE_ORG)) ?? '')
    const policy = parsePolicy(`log ${LOG}\n${witnessPolicyLines(await registry())}`)
    const verdict = applyPolicy(policy, parseCheckpoint(note.text).origin, note)
    expect(verdict).toMatchObject({ log: 'signed', quorum: 'met', forged: [] })
    expect(verdict.cosigned.size).toBe(2)
    expect(await witnessedCheckpoint(test.deps.sql, SAMPLE_ORG)).toBe(
      await publishedCheckpoint(test.deps.sql, SAMPLE_ORG),
    )
  })

  it('C27 is witnessed by the last of those that sign at the same moment', async () => {
    const teams = [await oddWitness(() => null), await oddWitness(() => null)]
    for (const team of teams) await add(team)
    await tell('setWitnessQuorum', { quorum: 2, reason: 'both of them' })
    const { size } = await head()
    const sql = connect(test.url('on_record_sequencer'), 2, 'test keeping')
    for (let round = 0; round < 25; round++) {
      await test.admin`delete from witnessed where org = ${SAMPLE_ORG}`
      await test.admin`delete from cosignature where org = ${SAMPLE_ORG}`
      await Promise.all(
        teams.map(({ vkey }) =>
          keepOutcome(sql, SAMPLE_ORG, vkey, { outcome: 'cosigned', size, line: 'a line\n', time: round }),
        ),
      )
      const marks = await test.admin`select size::int as size from witnessed where org = ${SAMPLE_ORG}`
      expect(marks, `round ${round}`).toEqual([{ size }])
    }
    await sql.end()
    await test.admin`delete from cosignature where org = ${SAMPLE_ORG}`
  })

  it('is witnessed when as many signed as are needed, and not before; a stricter rule takes it back', async () => {
    const [one, dead] = [await anotherTeam(), await anotherTeam()]
    await add(one)
    await add(dead)
    await dead.kill()
    await grow()
    const { said } = await witnessed()
    expect(said.map(([event]) => event).sort()).toEqual(['refused by a witness', 'witnessed'])
    expect(parseNote((await witnessedCheckpoint(test.deps.sql, SAMPLE_ORG)) ?? '').text).toBe(
      parseNote((await publishedCheckpoint(test.deps.sql, SAMPLE_ORG)) ?? '').text,
    )
    expect((await state(dead.vkey))?.error).toBe(
      'It can not be reached: nothing answers there (ECONNREFUSED).',
    )
    await tell('setWitnessQuorum', { quorum: 2, reason: 'a stricter rule' })
    await witnessed(200)
    expect(await witnessedCheckpoint(test.deps.sql, SAMPLE_ORG)).toBeNull()
  })

  it('C24 counts for a warrant by the rule in force, also while the mark still says what held before', async () => {
    const teams = [await anotherTeam(), await anotherTeam()]
    const id = await aCase(test.deps)
    const covered = () =>
      within(test.deps.sql, SAMPLE_ORG, async (tx) => {
        const [row] = await tx<
          { count: number | null }[]
        >`select witnessed_below(${SAMPLE_ORG}, ${id}) as count`
        return row?.count
      })
    expect(await covered(), 'nobody is asked').toBeNull()
    for (const team of teams) await add(team)
    expect(await covered()).toBe(0)
    await teams[1]?.kill()
    await test.seal()
    await witnessed()
    expect(await covered()).toBe(2)
    await tell('setWitnessQuorum', { quorum: 2, reason: 'a stricter rule, not counted again yet' })
    expect(await covered()).toBe(0)
  })

  it('C27 is sent again from the size that the witness names', async () => {
    const team = await anotherTeam()
    await add(team)
    await grow()
    await witnessed()
    await test.admin`delete from cosignature where org = ${SAMPLE_ORG}` // we have lost count, it hasn't
    await grow()
    expect((await witnessed()).said).toEqual([
      ['witnessed', expect.objectContaining({ size: (await head()).size })],
    ])
  })

  it('C27 counts no signature of another key, and says so', async () => {
    const changed = cosigner('odd.example/w', new Uint8Array(32).fill(5))
    const odd = await oddWitness((body) => {
      const { note } = parseAddCheckpoint(body)
      return { status: 200, body: signatureLine(changed.cosign(note.text, 1_700_000_000)) }
    })
    await add(odd)
    await grow()
    await witnessed()
    expect((await state(odd.vkey))?.error).toContain(
      'it signed with another key than the one that is known of it: odd.example/w+',
    )
    expect(await witnessedCheckpoint(test.deps.sql, SAMPLE_ORG)).toBeNull()
  })

  it.each([
    ['a log that it does not follow', { status: 404, body: 'x' }, 'It does not follow this log'],
    ['a key that it does not know', { status: 403, body: 'x' }, 'does not know the key'],
    ['a proof that it does not take', { status: 422, body: 'x' }, 'not a continuation'],
    ['nonsense', { status: 400, body: 'bad\u001b[31m request\n' }, 'It answered 400: bad [31m request.'],
    ['a failure of its own', { status: 500, body: '' }, 'It answered 500: nothing more.'],
    ['a page', { status: 200, body: '<html>' }, 'is not a signature'],
    ['a flood', { status: 200, body: 'x'.repeat(100_000) }, 'an answer that is too long'],
    ['a redirect', { status: 302, body: '' }, 'It can not be reached'],
  ])('is refused by a witness for %s, which is shown and stops nothing', async (_what, answer, sentence) => {
    const odd = await oddWitness(() => answer)
    await add(odd)
    await grow()
    await witnessed()
    expect((await state(odd.vkey))?.error).toContain(sentence)
    await grow()
    expect((await head()).size).toBeGreaterThan(0)
  })

  it('C26 waits for no witness to be sealed, not even for one that never answers', async () => {
    const odd = await oddWitness(() => null)
    await add(odd)
    const before = (await head()).size
    const asking = witnessed(800)
    await grow()
    expect((await head()).size).toBeGreaterThan(before)
    await asking
    expect(odd.asked.length).toBeGreaterThan(0)
  })
})

describe('a start', () => {
  async function restarted(): Promise<unknown> {
    const log = connect(test.url('on_record_sequencer'), 2, 'restarted')
    const folder = await mkdtemp(join(tmpdir(), 'on-record-kept-'))
    await copyFile(
      join(test.keptFolder, `${SAMPLE_ORG}.checkpoint`),
      join(folder, `${SAMPLE_ORG}.checkpoint`),
    )
    try {
      return await sequencer(log, onlyKey(LOG_SEED), keptIn(folder))()
    } catch (error) {
      return error
    } finally {
      await log.end()
    }
  }

  it('C25 signs nothing while a witness has cosigned more than the database knows of, and says why', async () => {
    const team = await anotherTeam()
    await add(team)
    await grow()
    await witnessed()
    const { size } = await head()
    // The whole machine goes back to a backup: the database, and the checkpoint that was kept beside it.
    await copyFile(join(test.keptFolder, `${SAMPLE_ORG}.checkpoint`), join(test.keptFolder, 'backup'))
    await test.admin.unsafe('alter table checkpoint disable trigger append_only')
    const taken =
      await test.admin`delete from checkpoint where org = ${SAMPLE_ORG} and size = ${size} returning *`
    const [older] = await test.admin<
      { note: string }[]
    >`select note from checkpoint where org = ${SAMPLE_ORG} order by size desc limit 1`
    await keptIn(test.keptFolder).write(SAMPLE_ORG, older?.note ?? '')
    await test.admin`delete from cosignature where org = ${SAMPLE_ORG} and size = ${size}`
    await test.admin`delete from witness_state where org = ${SAMPLE_ORG}`
    await comment(test.deps, await aCase(test.deps), 'life goes on in the older copy')
    const refused = await restarted()
    expect(refused).toBeInstanceOf(ForkRefused)
    expect(String(refused)).toContain(`has cosigned ${size}: this is an older copy`)
    const [kept] = await test.admin<
      { reason: string }[]
    >`select reason from log_refusal where org = ${SAMPLE_ORG}`
    expect(kept?.reason).toContain('has cosigned')
    expect((await head()).size).toBeLessThan(size)
    for (const row of taken) await test.admin`insert into checkpoint ${test.admin(row)}`
    await test.admin.unsafe('alter table checkpoint enable trigger append_only')
    await copyFile(join(test.keptFolder, 'backup'), join(test.keptFolder, `${SAMPLE_ORG}.checkpoint`))
    expect(await restarted()).not.toBeInstanceOf(Error)
    expect(await test.admin`select 1 from log_refusal`).toEqual([])
    await test.seal()
  })

  it('C24 signs nothing while a witness says that this is another history', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'on-record-witness-'))
    const team = await anotherTeam([LOG], folder)
    const story = aLog(`${LOG_ORIGIN}/${SAMPLE_ORG}`, 'as it was', LOG_SEED)
    await fetch(`${team.url}/add-checkpoint`, { method: 'POST', body: story.request(0, 3) })
    await add(team)
    await grow()
    const { said } = await witnessed()
    expect(said).toEqual([['refused by a witness', expect.objectContaining({ outcome: 'disputed' })]])
    await comment(test.deps, await aCase(test.deps), 'not sealed')
    expect(await restarted()).toBeInstanceOf(ForkRefused)
    await remove(team.vkey)
    await new Promise((later) => setTimeout(later, 10))
    expect(await restarted()).not.toBeInstanceOf(Error)
  })

  it('goes on without a witness that can’t be reached', async () => {
    const team = await anotherTeam()
    await add(team)
    await team.kill()
    await aCase(test.deps)
    expect(await restarted()).toBeGreaterThan(0)
  })
})

describe('the list of witnesses', () => {
  it('is what the registry says, and a rebuild finds nothing else', async () => {
    await add(await anotherTeam())
    const [row] = await test.admin<{ witnesses: unknown; quorum: number }[]>`
      select witnesses, quorum from witnessing where org = ${SAMPLE_ORG}`
    expect(row).toEqual({ witnesses: (await registry()).witnesses, quorum: 1 })
    expect((await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
    await test.admin`update witnessing set quorum = 0`
    const { differences } = await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: true })
    expect(differences.map(({ where }) => where)).toEqual(['witnessing'])
    expect((await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
  })
})
