import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Inbound, Verified } from '../adapter'
import { parse } from './parse'
import {
  asFields,
  asForm,
  asJson,
  blockActions,
  botMessageAction,
  eventCallback,
  messageAction,
  messageChanged,
  messageDeleted,
  NOW,
  reply,
  SECRET,
  signed,
  slashCommand,
  viewSubmission,
} from './recorded'
import { verify } from './verify'

function received(body: Uint8Array): Inbound[] {
  return parse(verify(SECRET, signed(body), body, NOW) as Verified, body)
}
const one = (body: Uint8Array) => received(body)[0]
const hugo = { ts: '1772443700.000200', thread_ts: '1772443600.000100', channel: 'C0ALERTS01' }

describe('what a person asks for', () => {
  test('the shortcut carries the message, as Slack delivered it', () => {
    expect(one(asForm(messageAction))).toEqual({
      kind: 'promote',
      by: { platform: 'slack', team: 'T0HALDEN01', user: 'U0ADA00001', name: 'ada' },
      place: { platform: 'slack', team: 'T0HALDEN01', channel_name: 'security-alerts', ...hugo },
      delivered: {
        author: 'U0HUGO0001',
        author_id: 'U0HUGO0001',
        author_flags: [],
        said_at: '2026-03-02T09:28:20.000Z',
        text: 'is this one live? <prod>\nis this one live?'.split('\n')[0],
        files: 0,
      },
      link: null,
      trigger: '1234.5678.abcdef',
      respond: 'https://hooks.slack.com/app/T0HALDEN01/1/xyz',
      dedupe: 'slack:message_action:T0HALDEN01:U0ADA00001:1234.5678.abcdef',
    })
  })

  test('a program that calls itself Farid Haddad is a program, with its real app id (C41)', () => {
    const promoted = one(asForm(botMessageAction))
    expect(promoted).toMatchObject({
      delivered: { author: 'Farid Haddad', author_id: 'A0ALERT001', author_flags: ['bot'], files: 1 },
    })
    expect(promoted?.kind === 'promote' && promoted.delivered?.text.split('\n')).toEqual([
      'Alert: svc_orders',
      'svc_orders: interactive login',
      'from an unknown host',
      'Host',
      'build-7',
      '[file: login.pcap]',
    ])
  })

  test('a message from a connected organisation is flagged (C41)', () => {
    const message = { ...messageAction.message, team: 'T0OTHER001' }
    expect(one(asForm({ ...messageAction, message }))).toMatchObject({
      delivered: { author_flags: ['external'] },
    })
  })

  test('the form comes back with the draft id and the values', () => {
    expect(one(asForm(viewSubmission))).toMatchObject({
      kind: 'form_submit',
      draft: 'draft_01',
      values: {
        title: 'Leaked password of svc_orders',
        category: 'leaked-secret',
        severity: null,
        note: null,
        existing: null,
      },
      dedupe: 'slack:view_submission:T0HALDEN01:U0ADA00001:V0FORM0001:1772443800.abc',
    })
  })

  test('a button of the card', () => {
    expect(one(asForm(blockActions))).toMatchObject({
      kind: 'card_action',
      action: 'assign_me',
      channel: 'C0ALERTS01',
      card_ts: '1772443900.000500',
      text: null,
    })
  })

  test('a comment form', () => {
    const view = {
      ...viewSubmission.view,
      callback_id: 'onrecord_comment',
      private_metadata: 'v1.comment.case_1.3.mac C0ALERTS01 1772443900.000500',
      state: { values: { comment: { comment: { value: 'looking' } } } },
    }
    expect(one(asForm({ ...viewSubmission, view }))).toMatchObject({
      kind: 'card_action',
      action: 'comment',
      value: 'v1.comment.case_1.3.mac',
      channel: 'C0ALERTS01',
      card_ts: '1772443900.000500',
      text: 'looking',
    })
  })

  test('the command carries the link as typed', () => {
    expect(one(asFields(slashCommand))).toMatchObject({
      kind: 'promote',
      place: null,
      link: slashCommand.text.replaceAll('&amp;', '&'),
    })
  })
})

describe('what happens to a message afterwards (C39)', () => {
  test('edited', () => {
    expect(one(asJson(messageChanged))).toMatchObject({
      kind: 'observed',
      change: 'edited',
      place: hugo,
      text: 'nothing to see',
      author_id: 'U0HUGO0001',
      dedupe: 'slack:event:Ev0001',
    })
  })
  test('deleted', () => {
    expect(one(asJson(messageDeleted))).toMatchObject({
      kind: 'observed',
      change: 'deleted',
      place: hugo,
      text: null,
    })
  })
  test('deleted, with replies left: a tombstone', () => {
    const message = {
      type: 'message',
      subtype: 'tombstone',
      user: 'USLACKBOT',
      ts: hugo.thread_ts,
      thread_ts: hugo.thread_ts,
      text: 'This message was deleted.',
    }
    const event = { type: 'message', subtype: 'message_changed', channel: hugo.channel, message }
    expect(one(asJson(eventCallback(event)))).toMatchObject({
      kind: 'observed',
      change: 'deleted',
      place: { ts: hugo.thread_ts },
    })
  })
  test('an unfurl is not an edit', () => {
    const same = { type: 'message', user: 'U0HUGO0001', ts: hugo.ts, text: 'x' }
    const event = {
      type: 'message',
      subtype: 'message_changed',
      channel: hugo.channel,
      message: same,
      previous_message: same,
    }
    expect(one(asJson(eventCallback(event)))?.kind).toBe('ignore')
  })
  test('the same event twice has one key', () => {
    expect(one(asJson(messageChanged))?.dedupe).toBe(one(asJson(messageChanged))?.dedupe)
  })
})

describe('nothing that is said in chat approves (C01)', () => {
  const asked = ['confirm', 'assign_me', 'comment']

  test('"approve" in a thread is a reply, and nothing else', () => {
    expect(received(asJson(reply))).toEqual([
      expect.objectContaining({
        kind: 'observed',
        change: 'replied',
        said: expect.objectContaining({ text: 'approve' }),
      }),
    ])
  })

  test('our own card in a thread is no reply, and what becomes of it no change of the finding', () => {
    const own = { ...reply, event: { ...reply.event, bot_id: 'B0RECORD01', app_id: 'A0RECORD01' } }
    expect(one(asJson(own))).toMatchObject({ kind: 'ignore', why: 'our own message' })
    const bot = { ...reply, authorizations: [{ user_id: reply.event.user, is_bot: true }] }
    expect(one(asJson(bot))).toMatchObject({ kind: 'ignore', why: 'our own message' })
    const card = { ...own.event, ts: hugo.ts }
    for (const event of [
      { ...messageChanged.event, message: { ...card, text: 'stage: act' }, previous_message: card },
      { ...messageDeleted.event, previous_message: card },
    ])
      expect(one(asJson(eventCallback(event)))).toMatchObject({ kind: 'ignore', why: 'our own message' })
    const other = { ...own, event: { ...own.event, app_id: 'A0OTHER001' } }
    expect(one(asJson(other))).toMatchObject({ kind: 'observed', change: 'replied' })
  })

  test('a tick as a reaction changes nothing', () => {
    const event = {
      type: 'reaction_added',
      user: 'U0CHIARA01',
      reaction: 'white_check_mark',
      item: { type: 'message', ...hugo },
    }
    expect(one(asJson(eventCallback(event)))?.kind).toBe('ignore')
  })

  test('a button that says approve, ours or theirs, is ignored', () => {
    for (const action_id of [
      'approve',
      'onrecord_approve',
      'onrecord_execute',
      'onrecord_refuse',
      'onrecord_link_approval',
      '__proto__',
      'constructor',
    ]) {
      const actions = [{ ...blockActions.actions[0], action_id }]
      expect(one(asForm({ ...blockActions, actions }))?.kind).toBe('ignore')
    }
  })

  test('whatever a signed payload says, nothing comes out but promotion, card actions and observations', () => {
    const word = fc.constantFrom(
      'approve',
      'execute',
      'onrecord_confirm',
      'message_action',
      'view_submission',
      'block_actions',
      'event_callback',
      'onrecord_promote',
      '✅',
    )
    const payload = fc.record({
      type: word,
      callback_id: word,
      actions: fc.array(fc.record({ action_id: word, value: word, action_ts: fc.string() }), {
        minLength: 1,
      }),
      user: fc.record({ id: word }),
      team: fc.record({ id: word }),
      event: fc.record({ type: word, text: word }),
    })
    fc.assert(
      fc.property(payload, (value) => {
        for (const inbound of received(asForm(value))) {
          expect([
            'promote',
            'form_submit',
            'card_action',
            'observed',
            'link_seen',
            'lifecycle',
            'ignore',
          ]).toContain(inbound.kind)
          if (inbound.kind === 'card_action') expect(asked).toContain(inbound.action)
        }
      }),
    )
  })
})

describe('other requests', () => {
  test('url_verification', () => {
    expect(one(asJson({ type: 'url_verification', challenge: 'abc', token: 'x' }))).toMatchObject({
      kind: 'lifecycle',
      challenge: 'abc',
    })
  })

  test('any bytes: ignored, never an error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string().map((text) => new TextEncoder().encode(`payload=${text}`)),
          fc.json().map((text) => new TextEncoder().encode(text)),
        ),
        (body) => {
          expect(received(body).every(({ kind }) => kind === 'ignore')).toBe(true)
        },
      ),
    )
  })
})
