import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCase, comment, foundOrganisation, type TestDatabase, testDatabase } from '../database.test-support'
import { erase } from '../erasure/erasure.test-support'
import { sampleActor } from '../seed/actors'
import { readCase } from './case-file'
import { readCaseRow } from './one-case'
import { openCases } from './opened'

const OTHER = 'org_other'
const ada = sampleActor('usr_ada')
let test: TestDatabase
let mine: string
let theirs: string

beforeAll(async () => {
  test = await testDatabase()
  await foundOrganisation(test.deps, OTHER)
  mine = await aCase(test.deps)
  theirs = await aCase(test.deps, OTHER)
  await comment(test.deps, mine, 'The relay runs every night.')
})
afterAll(() => test.close())

describe('a case that is opened', () => {
  it('says in its head line what lists say of it', async () => {
    const row = await readCaseRow(test.reader, ada, mine)
    expect(row).not.toBeNull()
    expect(await readCase(test.reader, ada, test.deps, mine)).toMatchObject({ ...row })
  })

  it('names everybody who did something in it, and says of the erased who did what, and why it is gone', async () => {
    const before = await readCase(test.reader, ada, test.deps, mine)
    const said = before?.timeline.find(({ type }) => type === 'comment.added')
    expect(said?.who).toEqual({ id: 'usr_ada', name: 'Ada Okafor', kind: 'human' })
    await erase(test, mine, said?.seq ?? -1)
    const after = await readCase(test.reader, ada, test.deps, mine)
    const gone = after?.timeline.find(({ seq }) => seq === said?.seq)
    expect(gone).toMatchObject({ erased: true, who: said?.who, seal: { hash: said?.seal.hash } })
    expect(gone?.erasure?.reason).toBe('She asked us to.')
  })

  it('C16 is of one’s own organisation, whatever one asks for', async () => {
    const opened = await openCases(test.reader, ada, test.deps, [theirs, 'registry', 'case_none', mine], 2)
    expect(opened.map(({ moment }) => moment.stream)).toEqual([mine])
    expect(opened[0]?.events).toHaveLength(2)
  })
})
