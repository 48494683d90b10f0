import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import { systemActor } from '@/scripts/system'
import { done, FINDING, type TestDatabase, testDatabase } from '../database.test-support'
import { rebuild } from '../rebuild'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { act, daysAgo, tablesWith } from './erasure.test-support'
import { eraseDue, previewOf } from './retain'

let test: TestDatabase
const worker = systemActor('sys_worker', SAMPLE_ORG)
const TERMS = { days: 365, what: ['messages', 'comments'], except: ['malware'] } as const
const words = () => `Quist${randomUUID().replaceAll('-', '')}`

beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test.close())

/** A case in which somebody commented, dismissed so many days ago. */
async function closed(days: number, text: string, category = 'other'): Promise<string> {
  const deps = daysAgo(test.deps, days)
  const stream = deps.newId('case')
  const does = (who: string, command: string, input: object) =>
    done(deps, sampleActor(who), { kind: 'case', stream, command, input })
  await does('usr_hugo', 'promoteFinding', { ...FINDING, category, title: text })
  await does('usr_ada', 'addComment', { text })
  await does('usr_bruno', 'dismissCase', { disposition: 'benign', reason: 'Nothing in it.' })
  return stream
}

async function left(stream: string): Promise<string[]> {
  const rows = await test.admin<{ type: string }[]>`
    select type from event where stream = ${stream} and body is not null and type in ('finding.promoted', 'comment.added') order by seq`
  return rows.map(({ type }) => type)
}

const registry = (who: string, command: string, input: object) =>
  perform(test.deps, sampleActor(who), {
    kind: 'registry',
    stream: 'registry',
    command,
    input,
    key: randomUUID(),
  })

/** Proposed by Farid, agreed to by Chiara; answers with the rule's id. */
async function inForce(terms: object = TERMS): Promise<string> {
  const proposed = await registry('usr_farid', 'proposeRetention', terms)
  if (isRefusal(proposed)) throw new Error(proposed.sentence)
  const rule = proposed.ids.rule ?? ''
  const agreed = await registry('usr_chiara', 'agreeRetention', { rule })
  if (isRefusal(agreed)) throw new Error(agreed.sentence)
  return rule
}

describe('C36: a retention rule', () => {
  it('says beforehand what it would erase, erases just that once it is agreed to, and names itself on record', async () => {
    const [old, recent, held, malware] = [words(), words(), words(), words()]
    const due = await closed(400, old)
    const young = await closed(300, recent)
    const kept = await closed(400, held)
    const excepted = await closed(400, malware, 'malware')
    await act(test, 'usr_farid', kept, 'placeHold', { reason: 'Litigation.' })

    expect(await previewOf(test.deps.sql, SAMPLE_ORG, TERMS)).toEqual({
      ...{ cases: 1, messages: 1, comments: 1, evidence: 0, held: 1 },
    })
    expect(await eraseDue(test.deps, worker)).toEqual({ cases: 0, events: 0 })
    const proposed = await registry('usr_farid', 'proposeRetention', TERMS)
    expect(await eraseDue(test.deps, worker)).toEqual({ cases: 0, events: 0 })
    expect(proposed).not.toHaveProperty('refused')
    const rule = await inForce()

    expect(await eraseDue(test.deps, worker)).toEqual({ cases: 1, events: 2 })
    expect(await left(due)).toEqual([])
    expect(await tablesWith(test.admin, old)).toEqual([])
    for (const id of [young, kept, excepted])
      expect(await left(id)).toEqual(['finding.promoted', 'comment.added'])
    const said = await test.admin<{ rule: string }[]>`
      select said(body) ->> 'rule' as rule from event where stream = ${due} and type = 'event.redacted'`
    expect(said.map((row) => row.rule)).toEqual([rule, rule])

    expect(await eraseDue(test.deps, worker)).toEqual({ cases: 0, events: 0 })
    await act(test, 'usr_esther', kept, 'liftHold', {
      hold: (await test.admin`select state #>> '{holds,0,id}' as id from stream where stream = ${kept}`)[0]
        ?.id,
      reason: 'Settled.',
    })
    expect(await eraseDue(test.deps, worker)).toEqual({ cases: 1, events: 2 })
    expect((await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
  })

  it('erases nothing once it is stopped, while the organisation is held, or when who proposed it agreed to it', async () => {
    const rule = await inForce()
    const id = await closed(400, words())
    const hold = await registry('usr_farid', 'holdOrganisation', { reason: 'Investigation.' })
    expect(await eraseDue(test.deps, worker)).toEqual({ cases: 0, events: 0 })
    await registry('usr_esther', 'releaseOrganisation', {
      hold: isRefusal(hold) ? '' : hold.ids.hold,
      reason: 'Over.',
    })
    await registry('usr_farid', 'stopRetention', { rule, reason: 'We think again.' })
    expect(await eraseDue(test.deps, worker)).toEqual({ cases: 0, events: 0 })
    expect(await left(id)).toEqual(['finding.promoted', 'comment.added'])
    const again = await registry('usr_farid', 'proposeRetention', TERMS)
    const proposed = isRefusal(again) ? '' : again.ids.rule
    expect(await registry('usr_farid', 'agreeRetention', { rule: proposed })).toMatchObject({ refused: true })
  })

  it('reaches no further than it says, and another rule than the one in force reaches nothing', async () => {
    const id = await closed(400, words())
    await inForce({ ...TERMS, what: ['comments'] })
    const outcome = await perform(test.deps, worker, {
      kind: 'case',
      stream: id,
      command: 'eraseByRule',
      input: { rule: 'ret_forged', seqs: [0] },
      key: randomUUID(),
    })
    expect(outcome).toMatchObject({ code: 'stale' })
    await eraseDue(test.deps, worker)
    expect(await left(id)).toEqual(['finding.promoted'])
  })
})
