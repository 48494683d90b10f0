import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done } from '@/db/database.test-support'
import { rebuild } from '@/db/rebuild'
import { sampleActor } from '@/db/seed/actors'
import { emailOf, SAMPLE_ORG, samplePerson } from '@/db/seed/people'
import { within } from '@/db/within'
import { openTestDoors, type TestDoors } from './doors.test-support'
import { admit } from './sign-in'

// What the provider has answered is taken as checked here: sign-in.test.ts has a real one.
const ISSUER = 'https://login.halden.example'
let test: TestDoors

beforeAll(async () => {
  test = await openTestDoors({
    OIDC_ISSUER: ISSUER,
    OIDC_CLIENT_ID: 'on-record',
    OIDC_CLIENT_SECRET: 'secret',
  })
})
afterAll(() => test?.close())

const comes = (person: string, sub: string) =>
  admit({ iss: ISSUER, sub, email: emailOf(samplePerson(person)), email_verified: true }, test.doors)
const farid = (command: string, input: object) =>
  done(test.doors, sampleActor('usr_farid'), { kind: 'registry', stream: 'registry', command, input })

/** Whose accounts these are, as the record says, once for each time that it says so. */
async function owners(...subjects: string[]): Promise<string[]> {
  const rows = await within(
    test.doors.sql,
    SAMPLE_ORG,
    (tx) => tx<{ body: Buffer }[]>`select body from event where type = 'member.identified' order by seq`,
  )
  return rows
    .map(({ body }) => JSON.parse(body.toString()).data)
    .filter(({ subject }) => subjects.includes(subject))
    .map(({ member }) => member)
}

describe('whose account it is', () => {
  it('C69 is said of one of two that come with one address at one moment; the other is not let in', async () => {
    const found = await Promise.all(['h-1', 'h-2', 'h-1', 'h-2'].map((sub) => comes('usr_hugo', sub)))
    expect(found.filter((each) => 'member' in each)).toHaveLength(2)
    expect(found.filter((each) => 'refused' in each)).toEqual([{ refused: 'taken' }, { refused: 'taken' }])
    expect(await owners('h-1', 'h-2')).toEqual(['usr_hugo'])
  })

  it('C69 is another one only once its member was removed and taken back; the first stays theirs', async () => {
    expect(await comes('usr_dev', 'd-1')).toMatchObject({ member: 'usr_dev' })
    expect(await comes('usr_dev', 'd-2')).toEqual({ refused: 'taken' })
    await farid('removeMember', { member: 'usr_dev', reason: 'His account at the provider is lost.' })
    expect(await comes('usr_dev', 'd-1')).toEqual({ refused: 'removed' })
    expect(await comes('usr_dev', 'd-2')).toEqual({ refused: 'removed' })
    await farid('restoreMember', { member: 'usr_dev', reason: 'He has a new one.' })
    expect(await comes('usr_dev', 'd-2')).toMatchObject({ member: 'usr_dev' })
    expect(await comes('usr_dev', 'd-3')).toEqual({ refused: 'taken' })
    expect(await comes('usr_grace', 'd-1')).toMatchObject({ member: 'usr_dev' })
    expect(await owners('d-1', 'd-2', 'd-3')).toEqual(['usr_dev', 'usr_dev'])
    expect((await rebuild(test.doors.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
  })

  it('C69 is not decided by an address while one from before the record is theirs', async () => {
    await within(
      test.doors.sql,
      SAMPLE_ORG,
      (tx) => tx`insert into account values (${SAMPLE_ORG}, ${ISSUER}, 'i-of-old', 'usr_ivo')`,
    )
    expect(await comes('usr_ivo', 'i-new')).toEqual({ refused: 'taken' })
    expect(await comes('usr_ivo', 'i-of-old')).toMatchObject({ member: 'usr_ivo' })
    expect(await owners('i-of-old', 'i-new')).toEqual(['usr_ivo'])
  })
})
