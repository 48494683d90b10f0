import { describe, expect, test } from 'vitest'
import { type Card, seenOn } from '../card'
import { cardMessage } from './card'
import { openCardValue, sealCardValue } from './card-mac'
import { commentModal, type PromotionForm, promotionModal } from './modal'

const KEY = 'a key for the buttons of cards'
const TEAM = 'T0HALDEN01'
const CHANNEL = 'C0ALERTS01'

const card: Card = {
  case: 'case_0001',
  number: 12,
  version: 3,
  title: 'Postgres password of svc_orders',
  stage: 'assign',
  severity: 'high',
  owner: 'Ada Okafor',
  lines: ['Waiting for Dev Raman, who owns svc_orders'],
  url: 'https://record.halden.example/cases/case_0001',
  approval_url: null,
  buttons: ['confirm', 'assign_me', 'comment'],
}
const message = (changes: Partial<Card> = {}) => cardMessage({ ...card, ...changes }, KEY, TEAM, CHANNEL)
const GOLDEN: [string, Partial<Card>][] = [
  ['new', { stage: 'identify', owner: null, severity: null, lines: [], buttons: ['assign_me', 'comment'] }],
  ['assigned', {}],
  [
    'needs-approval',
    { stage: 'act', approval_url: 'https://record.halden.example/approvals/req_1', buttons: ['comment'] },
  ],
  ['closed', { stage: 'closed', lines: ['Remediated: password rotated and verified'], buttons: [] }],
]

describe('the card', () => {
  test.each(GOLDEN)('%s is as in its golden file', async (name, changes) => {
    await expect(`${JSON.stringify(message(changes), null, 2)}\n`).toMatchFileSnapshot(
      `golden/card-${name}.json`,
    )
  })

  test('text from outside is never mrkdwn: no mention, no link, no format comes to life', () => {
    const evil = '<!channel> *bold* <https://evil.example|ok> \u202e `x`'
    const { text, blocks } = message({ title: evil, lines: [evil], owner: evil })
    expect(JSON.stringify(blocks)).not.toContain('"mrkdwn"')
    expect(JSON.stringify(blocks)).not.toContain('\u202e')
    expect(text).not.toMatch(/<|\u202e/)
  })

  test('keeps Slack’s limits whatever it is given', () => {
    const { blocks } = message({
      title: 'x'.repeat(5_000),
      lines: Array.from({ length: 50 }, () => 'y'.repeat(5_000)),
      owner: 'z'.repeat(3_000),
    })
    expect(blocks.length).toBeLessThanOrEqual(50)
    for (const block of blocks) {
      if (block.type === 'section') expect(block.text?.text.length).toBeLessThanOrEqual(3_000)
      if (block.type === 'context')
        for (const element of block.elements)
          expect('text' in element ? element.text.length : 0).toBeLessThanOrEqual(2_000)
    }
  })

  test('no button approves: reviewing an approval is a link to the desk (C01)', () => {
    for (const [, changes] of GOLDEN) {
      const actions = message(changes).blocks.flatMap((block) =>
        block.type === 'actions' ? block.elements : [],
      )
      const approving = actions.filter((element) => /approv/i.test(JSON.stringify(element)))
      for (const element of approving)
        expect(element).toMatchObject({ url: expect.stringContaining('https://') })
      expect(
        actions
          .filter((element) => 'action_id' in element && !('url' in element))
          .every((element) =>
            ['onrecord_confirm', 'onrecord_assign_me', 'onrecord_comment'].includes(element.action_id ?? ''),
          ),
      ).toBe(true)
    }
  })
})

describe('what was seen on a card', () => {
  test('is the same whatever does not show: comments, evidence, links', () => {
    expect(seenOn({ ...card, version: 99, url: 'https://elsewhere.example' })).toBe(seenOn(card))
  })

  test.each<Partial<Card>>([
    { owner: null },
    { stage: 'act' },
    { severity: 'low' },
    { title: 'Another title' },
    { lines: [] },
  ])('is another when %o', (changes) => {
    expect(seenOn({ ...card, ...changes })).not.toBe(seenOn(card))
  })
})

describe('the button’s value', () => {
  const value = { action: 'confirm', case: 'case_0001', seen: seenOn(card) } as const
  const sealed = sealCardValue(KEY, TEAM, CHANNEL, value)

  test('opens where it was made', () => {
    expect(openCardValue(KEY, TEAM, CHANNEL, sealed)).toEqual(value)
  })

  test.each([
    ['another key', () => openCardValue(`${KEY} 2`, TEAM, CHANNEL, sealed)],
    ['another workspace', () => openCardValue(KEY, 'T0OTHER001', CHANNEL, sealed)],
    ['another channel', () => openCardValue(KEY, TEAM, 'C0OTHER001', sealed)],
    ['another case', () => openCardValue(KEY, TEAM, CHANNEL, sealed.replace('case_0001', 'case_0002'))],
    [
      'another case as seen',
      () => openCardValue(KEY, TEAM, CHANNEL, sealed.replace(seenOn(card), seenOn({ ...card, owner: null }))),
    ],
    ['another action', () => openCardValue(KEY, TEAM, CHANNEL, sealed.replace('confirm', 'comment'))],
    [
      'an action that does not exist',
      () => openCardValue(KEY, TEAM, CHANNEL, sealed.replace('confirm', 'approve')),
    ],
    ['nothing', () => openCardValue(KEY, TEAM, CHANNEL, '')],
  ])('does not open with %s', (_, open) => {
    expect(open()).toBeNull()
  })
})

describe('the forms', () => {
  const form: PromotionForm = {
    draft: 'draft_01',
    preview: 'is this one live?',
    title: 'Leaked password',
    category: 'leaked-secret',
    severity: 'high',
    because: ['A secret stands in the message.'],
    masked: 1,
    existing: null,
    url: 'https://record.halden.example/promote/draft_01',
  }

  test.each([
    ['new', form],
    ['duplicate', { ...form, severity: null, masked: 0, existing: { number: 7, title: 'The same' } }],
  ] as const)('the promotion form (%s) is as in its golden file', async (name, given) => {
    await expect(`${JSON.stringify(promotionModal(given), null, 2)}\n`).toMatchFileSnapshot(
      `golden/form-${name}.json`,
    )
  })

  test('carries the draft id and nothing else, and keeps the limits', () => {
    const view = promotionModal({
      ...form,
      preview: 'p'.repeat(9_000),
      title: 't'.repeat(900),
      because: Array.from({ length: 90 }, () => 'b'.repeat(900)),
      existing: { number: 1, title: 'e'.repeat(3_000) },
    })
    expect(view.private_metadata).toBe('draft_01')
    expect(view.title.text.length).toBeLessThanOrEqual(24)
    expect(view.blocks.length).toBeLessThanOrEqual(100)
    expect(JSON.stringify(view)).not.toContain('mrkdwn')
    expect(JSON.stringify(view)).not.toMatch(/"text":"[^"]{3001,}/)
  })

  test('a comment form fits, too', () => {
    const view = commentModal(
      sealCardValue(KEY, TEAM, CHANNEL, { action: 'comment', case: 'case_0001', seen: seenOn(card) }),
      CHANNEL,
      '1772443900.000500',
      1_234_567,
    )
    expect(view.title.text.length).toBeLessThanOrEqual(24)
  })
})
