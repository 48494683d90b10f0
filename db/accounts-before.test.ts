import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done, foundOrganisation, type TestDatabase, testDatabase } from './database.test-support'
import { holderOf } from './members-sign-in'
import { rebuild } from './rebuild'
import { setUp } from './seed/actors'
import { SAMPLE_ORG } from './seed/people'

const OTHER = 'org_other'
const ACCOUNT = { issuer: 'https://login.example', subject: 'ada-1' }
const ADA = { ...ACCOUNT, email: 'ada@halden.example', emailVerified: true }
let test: TestDatabase

beforeAll(async () => {
  test = await testDatabase()
  await foundOrganisation(test.deps, OTHER)
})
afterAll(() => test?.close())

const isTied = (org = SAMPLE_ORG) =>
  done(test.deps, setUp(org), {
    ...{ kind: 'registry', stream: 'registry', command: 'identifyMember' },
    input: { member: 'usr_ada', ...ACCOUNT },
  })
const accountsOf = async (org: string) => {
  const [row] = await test.admin`
    select state -> 'accounts' as accounts from stream where org = ${org} and stream = 'registry'`
  return row?.accounts
}

/** As the owner of the tables, who need not be a superuser: forced row-level security hides every row from that one, too. */
async function migrateAgain(): Promise<void> {
  const migration = await readFile('db/migrations/0017_accounts_on_record.sql', 'utf8')
  const everyOwner = (to: string) =>
    ['stream', 'witnessing'].map((table) => `alter table ${table} owner to ${to};`).join('')
  await test.admin.begin(async (transaction) => {
    await transaction`create role plain_owner`
    await transaction.unsafe(everyOwner('plain_owner'))
    await transaction`set local role plain_owner`
    await transaction.unsafe(migration)
    await transaction`reset role`
    await transaction.unsafe(everyOwner('current_user'))
    await transaction`drop role plain_owner`
  })
}

describe('a registry from before the record said whose account is whose', () => {
  it('C69 is given a place for it, so that the next sign-in can put it on record', async () => {
    await isTied(OTHER)
    const others = await accountsOf(OTHER)
    await test.admin`update stream set state = state - 'accounts' where org = ${SAMPLE_ORG} and stream = 'registry'`
    await test.admin`insert into account (org, issuer, subject, member) values (${SAMPLE_ORG}, ${ACCOUNT.issuer}, ${ACCOUNT.subject}, 'usr_ada')`
    await expect(isTied()).rejects.toThrow()

    await migrateAgain()
    expect(await accountsOf(SAMPLE_ORG)).toEqual([])
    expect(await holderOf(test.deps.sql, SAMPLE_ORG, ADA)).toEqual({ member: 'usr_ada', onRecord: false })
    await isTied()
    expect(await holderOf(test.deps.sql, SAMPLE_ORG, ADA)).toEqual({ member: 'usr_ada', onRecord: true })
    expect((await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])

    expect(await accountsOf(OTHER)).toEqual(others)
  })

  it('C69 loses nothing when it is migrated once more, and rows stay behind their rule', async () => {
    const before = await accountsOf(SAMPLE_ORG)
    expect(before).toHaveLength(1)
    await migrateAgain()
    expect(await accountsOf(SAMPLE_ORG)).toEqual(before)
    const rules = await test.admin`
      select relforcerowsecurity as forced from pg_class where oid in ('stream'::regclass, 'witnessing'::regclass)`
    expect([...rules]).toEqual([{ forced: true }, { forced: true }])
  })
})
