import { z } from 'zod'
import type { Case } from '@/lib/case/case'
import { type Waiting, waitingIn } from '@/lib/case/late'
import type { Notice } from '@/lib/chat/adapter'
import { shortened } from '@/lib/chat/card'
import { lateWords } from '@/lib/telling/late-words'
import { caseState } from '../case-of'
import { chatUsersOf } from '../members-sign-in'
import { within } from '../within'
import { placeInSlack } from './card'
import { namesOf } from './card-of'
import type { Chatting } from './chatting'

const payloadShape = z.object({ org: z.string(), case: z.string(), seq: z.int() })

/** A whole department is not called out in one message: the sentence names them. */
const MOST_CALLED = 10

/** Says in the thread that somebody has waited too long, unless nobody waits any more. It calls people and links to the desk, where answers are given. */
export async function notice(deps: Chatting, payload: unknown): Promise<void> {
  const { org, case: id, seq } = payloadShape.parse(payload)
  await within(deps.sql, org, async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`card/${org}/${id}`}, 0))`
    const state = (await caseState(deps.sql, org, id))?.state
    const late = state && waitingIn(state).find((one) => one.seq === seq)
    const place = state && placeInSlack(state)
    if (!state || !late || !place) return
    await deps.slack.postNotice(place, await noticeOf(deps, org, state, late, place.team ?? ''))
  })
}

async function noticeOf(
  { sql, origin }: Chatting,
  org: string,
  state: Case,
  late: Waiting,
  team: string,
): Promise<Notice> {
  const told = late.escalated_to.map(({ person }) => person)
  const people = [...new Set([...late.waits_for, ...told])]
  const name = await namesOf(sql, org, people)
  const about = { case: state.id, seq: late.seq }
  const sentence = `Case ${state.number} needs you. ${lateWords(late, name)}.`
  const link =
    late.about === 'approval'
      ? { url: `${origin}/approvals/${state.id}/${late.request.id}`, text: 'Review the approval' }
      : { url: `${origin}/cases/${state.id}`, text: 'Open the case' }
  const users = await chatUsersOf(sql, org, 'slack', team, people)
  return { ...about, calls: users.slice(0, MOST_CALLED), sentence: shortened(sentence, 2_000), link }
}
