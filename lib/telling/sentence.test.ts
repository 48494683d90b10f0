import { expect, test } from 'vitest'
import { commandWords, sentence } from './sentence'

const name = (id: string | null | undefined) => (id === 'usr_ada' ? 'Ada Okafor' : (id ?? 'nobody'))

test('an entry of the record reads as a sentence', () => {
  expect(
    sentence({ type: 'case.assigned', data: { assignee: 'usr_ada', team: null, due: '' } }, name).text,
  ).toBe('asked Ada Okafor to take it')
  expect(
    sentence({ type: 'nhi.reviewed', data: { outcome: 'keep', note: 'used', next: '2026-08-01' } }, name),
  ).toEqual({
    text: 'reviewed it: keep; next on 2026-08-01',
    quote: 'used',
  })
})

test('a finding is promoted as a case of its kind; other is none', () => {
  const promoted = (category: string) =>
    sentence({ type: 'finding.promoted', data: { category, severity: 'low', note: null } }, name).text
  expect(promoted('suspicious-access')).toBe('promoted the finding as a suspicious access case, low')
  expect(promoted('other')).toBe('promoted the finding as a case, low')
})

test('what waits too long reads as whom it waits for, and who was told', () => {
  const told = [
    { person: 'usr_ada', as: 'backup-owner' },
    { person: 'usr_farid', as: 'admin' },
  ]
  const said = (waits_for: string[], escalated_to = told) =>
    sentence({ type: 'case.overdue', data: { waits_for, escalated_to } }, name).text
  expect(said(['usr_ada', 'usr_bo'])).toBe(
    'found the case overdue: it waits for Ada Okafor and usr_bo; escalated to Ada Okafor (backup owner) and usr_farid (administrator)',
  )
  expect(said([], [])).toBe('found the case overdue: nobody has it; there is nobody else to tell')
})

test('what was answered in a promoted thread is quoted; another message is not', () => {
  const added = (snapshot: object) => sentence({ type: 'message.added', data: { snapshot } }, name)
  const answer = { trust: 'delivered', thread: '1.0', messages: [{ text: 'It is in the vault as well.' }] }
  expect(added(answer)).toEqual({
    text: 'kept an answer in the thread',
    quote: 'It is in the vault as well.',
  })
  expect(added({ ...answer, trust: 'platform-verified' })).toEqual({ text: 'attached another message' })
})

test('C12 a refused command reads as an attempt', () => {
  const denied = {
    type: 'policy.denied',
    data: { command: 'confirmCase', code: 'forbidden', sentence: 'An analyst confirms.' },
  }
  expect(sentence(denied, name)).toEqual({
    text: 'was refused: confirm case',
    quote: 'An analyst confirms.',
    tone: 'no',
  })
})

test('an account at a provider is named with whose it is', () => {
  const data = { member: 'usr_ada', issuer: 'https://login.halden.example', subject: '00u1' }
  expect(sentence({ type: 'member.identified', data }, name).text).toBe(
    'tied Ada Okafor to the account 00u1 at https://login.halden.example',
  )
})

test('an event of a later version names itself', () => {
  expect(sentence({ type: 'case.tagged', data: {} }, name).text).toBe('recorded case.tagged')
})

test('a command is said in words', () => {
  expect(commandWords('requestException')).toBe('request exception')
})
