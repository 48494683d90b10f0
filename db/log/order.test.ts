import { afterAll, beforeAll, expect, it } from 'vitest'
import { aCase, comment, done, type TestDatabase, testDatabase } from '../database.test-support'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'

let test: TestDatabase

beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test.close())

it('C10: what the registry says of keys and accounts stands in the log before what was decided in the same millisecond', async () => {
  const id = await aCase(test.deps)
  await test.seal()
  const member = { name: 'Kim Aalto', email: 'kim@halden.example', roles: ['reporter'] }
  await comment(test.deps, id, 'decided')
  const order = { kind: 'registry', stream: 'registry', command: 'addMember', input: member } as const
  await done(test.deps, sampleActor('usr_farid'), order)
  await test.admin`update pending set at = (select min(at) from pending)`
  await test.seal()
  const last = await test.admin<{ stream: string }[]>`
    select stream from log_entry where org = ${SAMPLE_ORG} order by idx desc limit 2`
  expect(last.map(({ stream }) => stream)).toEqual([id, 'registry'])
})
