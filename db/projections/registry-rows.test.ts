import { expect, it } from 'vitest'
import { given, HALDEN, type Step, system } from '@/lib/registry/registry.fixture'
import { registryRows } from './registry-rows'

const account = { issuer: 'https://login.halden.example', subject: 'sub-ada' }
const tied: Step = ['identifyMember', { member: 'usr_ada', ...account }, system]
const renamed: Step = ['changeRoles', { member: 'usr_hugo', roles: ['analyst'], reason: 'Promoted.' }]

it('writes of members and accounts what has changed, and all of them where nothing is known before', () => {
  const { state: before } = given(HALDEN)
  const { state: after } = given([tied, renamed], undefined, before)
  const row = { org: 'org_halden', member: 'usr_ada', ...account }
  expect(registryRows('org_halden', after, before)).toMatchObject({
    account: [row],
    member: [{ id: 'usr_hugo', roles: ['analyst'] }],
  })
  expect(registryRows('org_halden', after, after)).toMatchObject({ account: [], member: [] })
  const all = registryRows('org_halden', after, null)
  expect(all.member).toHaveLength(before.members.length)
  expect(all.account).toEqual([row])
})
