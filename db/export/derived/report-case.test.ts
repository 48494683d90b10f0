import { expect, it } from 'vitest'
import { CLOSED } from '@/lib/act/story.fixture'
import { kept } from '@/lib/audit/audit.fixture'
import { folded } from '@/lib/audit/recorded'
import type { Case } from '@/lib/case/case'
import { caseReport } from './report-case'

const nothing = { events: [], leftOut: 0, people: new Map() }

/** How the report says that the one approval of this case was made. */
async function methodSaid(data: object): Promise<string | undefined> {
  const { events } = await kept(CLOSED)
  const told = events.map((event) => {
    const { envelope } = event
    if (event.type !== 'approval.recorded' || !envelope) return event
    return { ...event, envelope: { ...envelope, data: { ...envelope.data, ...data } } }
  })
  const report = caseReport(folded('case', told) as Case, nothing, (id) => id ?? '')
  return report.changes[0]?.approvals[0]?.method
}

it('C08: a report names the issuer behind an approval by signing in again, and whom it vouches for', async () => {
  expect(await methodSaid({ method: 'fresh-sign-in' })).toBe('fresh sign in')
  const sign_in = { issuer: 'https://login.example', subject: 'b7\u202ed1', client_id: 'x', issuer_jwks: '' }
  const said = await methodSaid({ method: 'oidc-nonce', sign_in })
  expect(said).toContain('sign-in for exactly this, as b7')
  expect(said).toContain('at https://login.example')
  expect(said).not.toContain('\u202e')
})
