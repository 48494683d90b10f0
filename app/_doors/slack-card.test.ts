import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signedRequest } from '@/scripts/sample-chat/deliver'
import { POST as interactions } from '../api/slack/interactions/route'
import { POST as act } from '../api/v1/cases/[id]/[command]/route'
import { call, cookieOf } from './doors.test-support'
import { settled } from './later'
import { ADA, BRUNO, HUGO, openSlackTest, SIGNING, type SlackTest } from './slack.test-support'

let slack: SlackTest
beforeAll(async () => {
  slack = await openSlackTest()
})
afterAll(async () => {
  await slack?.close()
})

describe('a card’s buttons', () => {
  let id: string
  let ts: string
  let card: string

  it('know their case: pressed by somebody without a linked account they lead to linking, and do nothing', async () => {
    ts = await slack.chat.acts.say(HUGO, slack.channel, 'the export job runs as an unusual service account')
    await slack.promoteAs(ADA, ts, 'An unusual service account')
    const made = (await slack.allCases()).find((each) => each.title === 'An unusual service account')
    id = made?.id ?? ''
    expect((await slack.file(id)).reporter).toMatchObject({ id: 'usr_ada' })
    card = (await slack.thread(ts)).find((message) => message.text.includes('Case '))?.ts ?? ''
    const before = (await slack.file(id)).version
    await slack.chat.acts.press(HUGO, slack.channel, card, 'onrecord_comment')
    await settled()
    expect(slack.noticesFor(HUGO).at(-1)).toContain('/api/slack/link?token=')
    expect((await slack.file(id)).version).toBe(before)
  })

  it('record a comment under the linked member’s name, masked', async () => {
    await slack.chat.acts.press(ADA, slack.channel, card, 'onrecord_comment')
    await settled()
    const [view] = slack.formsOf(ADA).at(-1) ?? []
    const sent = await slack.chat.acts.submit(ADA, view ?? '', {
      comment: { comment: { value: 'I look at it; the key was AKIAQYLPMN5HFIQR7XYA' } },
    })
    expect(sent.json).toEqual({ response_action: 'clear' })
    const comment = (await slack.file(id)).timeline.find(
      (entry: { type: string }) => entry.type === 'comment.added',
    )
    expect(comment).toMatchObject({ who: { id: 'usr_ada' }, via: 'slack', acr: 'slack-linked-account' })
    expect(comment.data.text).not.toContain('AKIAQYLPMN5HFIQR7XYA')
  })

  it('do nothing in another conversation, or with another’s value', async () => {
    const payload = {
      type: 'block_actions',
      team: { id: slack.team },
      user: { id: ADA, name: 'ada' },
      channel: { id: 'C0OTHER001' },
      container: { message_ts: card },
      trigger_id: randomUUID(),
      actions: [
        {
          action_id: 'onrecord_comment',
          value: 'v1.comment.case_x.1.AAAAAAAAAAAAAAAAAAAAAA',
          action_ts: '1.1',
        },
      ],
    }
    const before = (await slack.file(id)).version
    const { headers, body } = signedRequest(SIGNING, 'interaction', payload)
    expect((await call(interactions, '/api/slack/interactions', { raw: body, headers })).status).toBe(200)
    await settled()
    expect((await slack.file(id)).version).toBe(before)
  })

  it('C18 take the case though comments came after the card was drawn: they change nothing that it shows', async () => {
    await onTheWay(id)
    await slack.work()
    expect(await buttons(ts, card)).toContain('onrecord_assign_me')
    await tell('usr_ada', id, 'addComment', { text: 'still looking' })
    await slack.chat.acts.press(BRUNO, slack.channel, card, 'onrecord_assign_me')
    await settled()
    expect(slack.noticesFor(BRUNO).at(-1)).toBe('The case is yours now.')
    expect(await slack.file(id)).toMatchObject({
      stage: 'act',
      assignee: { id: 'usr_bruno' },
      accepted: true,
    })
  })

  it('C18 take nothing away: a card that shows nobody while somebody has been asked is refused and drawn again', async () => {
    const [other, said] = await promoted('Another unusual service account')
    const its = (await slack.thread(said)).find((message) => message.text.includes('Case '))?.ts ?? ''
    await onTheWay(other)
    await slack.work()
    await tell('usr_grace', other, 'assignCase', { assignee: 'usr_grace' })
    await slack.chat.acts.press(BRUNO, slack.channel, its, 'onrecord_assign_me')
    await settled()
    expect(slack.noticesFor(BRUNO).at(-1)).toContain('Grace Lim has been asked to take it')
    expect(await slack.file(other)).toMatchObject({ assignee: { id: 'usr_grace' } })
    await slack.work()
    expect(await buttons(said, its)).not.toContain('onrecord_assign_me')
  })
})

async function promoted(title: string): Promise<[id: string, ts: string]> {
  const ts = await slack.chat.acts.say(HUGO, slack.channel, `${title}, in the export job`)
  await slack.promoteAs(ADA, ts, title)
  return [(await slack.allCases()).find((each) => each.title === title)?.id ?? '', ts]
}

/** Through identify and confirm, so that somebody can take it. */
async function onTheWay(id: string): Promise<void> {
  await tell('usr_ada', id, 'declareNoNhi', { reason: 'A person did it.' })
  const context = { criticality: 'high', privilege: 'high', exposure: 'internal', note: 'seen in the log' }
  await tell('usr_bruno', id, 'confirmCase', context)
}

async function tell(person: string, id: string, command: string, body: object): Promise<void> {
  const cookie = await cookieOf(slack.doors, person)
  const params = { id, command }
  const headers = { 'idempotency-key': randomUUID() }
  const answer = await call(act, `/api/v1/cases/${id}/${command}`, { cookie, params, body, headers })
  expect(answer.status, answer.text).toBe(200)
}

async function buttons(ts: string, card: string): Promise<string[]> {
  const { blocks } = (await slack.thread(ts)).find((message) => message.ts === card) ?? {}
  return (blocks ?? []).flatMap(({ elements }) => elements ?? []).flatMap(({ action_id }) => action_id ?? [])
}
