import { describe, expect, it } from 'vitest'
import { given, outcomeOf, requestIn, saying, type World } from '../act/given.fixture'
import { offersFor } from '../act/offers.fixture'
import { ada, chiara, executor, signedIn } from '../act/people.fixture'
import { ACCEPTED, PLANNED, planned, ROTATION } from '../act/story.fixture'
import type { Actor, BoundSignIn } from '../identity/actor'
import { sha256Hex } from '../record/digest'
import type { Quorum } from './event'

const ISSUER = {
  issuer: 'https://login.halden.example',
  subject: 'sub-chiara',
  client_id: 'on-record',
  issuer_jwks: 'b'.repeat(64),
}

/** Chiara, come back from the provider, which has signed that she signed in for this text. */
const vouchedFor = (statement: string, actor: Actor = chiara): Actor => {
  const bound: BoundSignIn = { ...ISSUER, statement_sha256: sha256Hex(statement), id_token: 'a'.repeat(64) }
  return { ...actor, auth: { ...actor.auth, bound } }
}
const { world } = given(...PLANNED)
const said = saying('approve')(world, chiara)

/** The same story at another assurance. */
function asking(assurance: Quorum['assurance']): World {
  const requests = world.state.requests.map((each) => ({ ...each, quorum: { ...each.quorum, assurance } }))
  return { ...world, state: { ...world.state, requests } }
}

describe('an approval by a sign-in for exactly this statement', () => {
  it('C07 C08 names the issuer, the person there, and what proves it', () => {
    const { events } = outcomeOf(world, vouchedFor(said.statement), 'approveAction', said)
    expect(events).toMatchObject([
      {
        type: 'approval.recorded',
        data: {
          method: 'oidc-nonce',
          assertion_sha256: 'a'.repeat(64),
          assertion_files: null,
          credential_id: null,
          sign_in: ISSUER,
        },
      },
    ])
  })

  it('C05 C09 is refused for another statement, and the attempt has a name', () => {
    const { refusal } = outcomeOf(world, vouchedFor('another text'), 'approveAction', said)
    expect(refusal).toMatchObject({ code: 'forbidden', rules: ['approval.wrong_nonce'] })
  })

  it('C08 is refused where the sign-in is an old one all the same', () => {
    const old = vouchedFor(said.statement, signedIn(chiara, 16))
    expect(outcomeOf(world, old, 'approveAction', said).refusal?.code).toBe('assurance_required')
  })

  it('C08 is never enough where a passkey is asked for', () => {
    const outcome = outcomeOf(asking('passkey'), vouchedFor(said.statement), 'approveAction', said)
    expect(outcome.refusal?.code).toBe('assurance_required')
  })
})

describe('where there is a provider', () => {
  const there = <Who extends Actor>(one: Who): Who => ({ ...one, auth: { ...one.auth, provider: true } })
  const { world: asked } = given(
    ...ACCEPTED,
    [there(ada), 'proposeAction', ROTATION],
    [there(executor), 'recordPlan', planned],
  )
  const shown = saying('approve')(asked, chiara)
  const approving = (at: World, actor: Actor) => outcomeOf(at, actor, 'approveAction', shown)
  const tooLittle = {
    code: 'assurance_required',
    sentence: 'A medium-risk action takes a passkey’s signature, or a sign-in for exactly this approval.',
    remedy: expect.stringMatching(/Sign with a passkey of yours, or .*Sign in again/),
  }

  it('C08 a request of medium risk says on record that it has to vouch', () => {
    expect(requestIn(asked.state).quorum).toMatchObject({ tier: 'medium', assurance: 'vouched' })
    expect(requestIn(world.state).quorum).toMatchObject({ tier: 'medium', assurance: 'fresh' })
  })

  it('C08 a fresh session approves nothing of medium risk, and is told what does', () => {
    expect(approving(asked, there(chiara)).refusal).toMatchObject(tooLittle)
    expect(approving(asked, there(vouchedFor(shown.statement))).events).toMatchObject([
      { data: { method: 'oidc-nonce' } },
    ])
  })

  it('C08 it vouches for what was asked before it was there, too, and nothing less does once it is gone', () => {
    const before = outcomeOf(world, there(chiara), 'approveAction', said)
    expect(before.refusal).toMatchObject(tooLittle)
    expect(approving(asked, chiara).refusal).toMatchObject(tooLittle)
  })

  it('C08 the button says what the server would', () => {
    const offer = offersFor(asked, there(chiara)).find(({ command }) => command === 'approveAction')
    expect(offer).toMatchObject({ open: false, code: 'assurance_required' })
    expect(offer?.reason).toContain(tooLittle.sentence)
    expect(offersFor(world, chiara).find(({ command }) => command === 'approveAction')?.open).toBe(true)
  })

  it('nobody is kept from saying no', () => {
    const no = saying('refuse')(asked, chiara)
    expect(outcomeOf(asked, there(signedIn(chiara, 600)), 'refuseAction', no).refusal).toBeNull()
  })
})
