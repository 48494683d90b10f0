import { describe, expect, it } from 'vitest'
import { ask, bruno, chiara, esther, farid, hugo, refused, through } from './policies.fixture'

const by = (proposer: string) => ({ context: { proposer } })

describe('C36: what may leave the record, and who keeps it there', () => {
  it.each([
    ['agreeErasure', chiara],
    ['liftHold', esther],
    ['liftHold', farid],
  ])('%s is nobody’s who asked for the erasure or placed the hold', (command, actor) => {
    expect(refused(ask(actor, command, by(actor.id)))).toEqual(['separation.erasure'])
    expect(refused(ask(actor, command, by('usr_somebody')))).toEqual([])
  })

  it.each([
    ['agreeRetention', chiara],
    ['releaseOrganisation', esther],
  ])('%s is nobody’s who proposed the rule or placed the hold', (command, actor) => {
    expect(refused(ask(actor, command, by(actor.id)))).toEqual(['separation.retention'])
    expect(refused(ask(actor, command, by('usr_somebody')))).toEqual([])
  })

  it.each([
    ['agreeErasure', chiara],
    ['agreeRetention', chiara],
    ['liftHold', esther],
    ['releaseOrganisation', esther],
  ])('%s needs a sign-in within the last 15 minutes', (command, actor) => {
    for (const session_age of [901, -1])
      expect(refused(ask(actor, command, { context: { session_age } }))).toEqual(['assurance.erasure'])
    expect(refused(ask(actor, command, { context: { session_age: 900 } }))).toEqual([])
  })

  it('who asked for an erasure takes it back, and no other analyst does', () => {
    expect(refused(ask(bruno, 'refuseErasure', by('usr_bruno')))).toEqual([])
    expect(refused(ask(bruno, 'refuseErasure', by('usr_ada')))).toEqual(['default.deny'])
  })

  it('nothing of it is done in chat', () => {
    for (const command of ['requestErasure', 'placeHold', 'proposeRetention'])
      expect(refused(ask(through(farid, 'slack'), command))).toEqual(['channels.chat'])
  })

  it('a reporter neither asks nor holds', () => {
    for (const command of ['requestErasure', 'placeHold', 'agreeErasure'])
      expect(refused(ask(hugo, command))).toEqual(['default.deny'])
  })
})
