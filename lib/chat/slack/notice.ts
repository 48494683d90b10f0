import type { MessagePlace, Notice } from '../adapter'
import { visibleText } from '../visible'
import type { SlackClients } from './client'
import { findOwn } from './find-own'
import { escaped } from './text'

const NOTICE_EVENT = 'onrecord_notice'

/**
 * Answers once in the case's thread: whom it calls, a sentence, a link. Nothing on it can be pressed but the link. Posting is not
 * idempotent: what a crash has left there is looked for first. Call it for one case at a time.
 */
export async function postNotice(
  clients: SlackClients,
  place: Pick<MessagePlace, 'channel' | 'ts' | 'thread_ts'>,
  notice: Notice,
): Promise<'posted' | 'found'> {
  const { case: id, seq } = notice
  const said = await findOwn(clients, place, NOTICE_EVENT, (about) => about.case === id && about.seq === seq)
  if (said !== null) return 'found'
  await clients.api.chat.postMessage({
    channel: place.channel,
    thread_ts: place.thread_ts ?? place.ts,
    unfurl_links: false,
    unfurl_media: false,
    text: textOf(notice),
    metadata: { event_type: NOTICE_EVENT, event_payload: { case: id, seq } },
  })
  return 'posted'
}

function textOf({ calls, sentence, link }: Notice): string {
  const called = calls.map((user) => `<@${user}>`)
  return [...called, escaped(visibleText(sentence)), `<${link.url}|${link.text}>`].join(' ')
}
