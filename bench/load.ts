import type { Client } from '../db/client'
import type { Performing } from '../db/deps'
import { writePages } from '../db/ledger'
import type { Facts } from '../lib/act/facts'
import { NOTHING_WANTED } from '../lib/act/facts'
import type { Ledger, Page, Writing } from '../lib/act/ledger'
import { perform } from '../lib/act/perform'
import { isRefusal } from '../lib/act/refusal'
import type { Actor } from '../lib/identity/actor'
import { LINES, SUBJECTS } from './words'

const BATCH = 250
const NHI = 'nhi_svc-orders'
/** So many cases are worked on: linked to an identity, with ten events. Only from these do clients read and move cases. */
export const WORKED = 1_600

/**
 * Makes cases until there are `total`: every one through `perform`, with its policy decision and its envelope, written by `write_pages`,
 * many pages in a transaction. The record of the load is as valid as any.
 */
export async function loadCases(
  deps: Performing,
  actor: Actor,
  made: readonly string[],
  total: number,
): Promise<string[]> {
  const { facts } = await deps.ledger.open(actor, 'case', 'case_none', '', { ...NOTHING_WANTED, nhis: [NHI] })
  const cases = [...made]
  while (cases.length < total) {
    const some = Math.min(BATCH, total - cases.length)
    const numbers = await deps.sql<{ number: number }[]>`
      select nextval('case_numbers')::int as number from generate_series(1, ${some})`
    const batch = gathering(facts)
    for (const { number } of numbers) {
      const id = deps.newId('case')
      await work(
        { ...deps, ledger: batch.ledger(number), announce: () => undefined },
        actor,
        id,
        cases.length,
      )
      cases.push(id)
    }
    await flush(deps.sql, batch.writings)
  }
  return cases
}

async function work(deps: Performing, actor: Actor, stream: string, index: number): Promise<void> {
  const done = async (command: string, input: unknown) => {
    const outcome = await perform(deps, actor, {
      kind: 'case',
      stream,
      command,
      input,
      key: `${stream}-${command}-${deps.newSalt()}`,
    })
    if (isRefusal(outcome)) throw new Error(`${command} was refused: ${outcome.sentence}`)
  }
  await done('promoteFinding', finding(index))
  if (index >= WORKED) return
  await done('linkNhi', { nhi: NHI, reason: 'It is named in the message.' })
  for (const line of [...LINES, ...LINES.slice(0, 3)]) await done('addComment', { text: line })
}

function finding(index: number) {
  const subject = SUBJECTS[index % SUBJECTS.length]
  const line = LINES[index % LINES.length]
  return {
    ...{ title: `Unexpected ${subject} sign-in`, category: 'suspicious-access', severity: 'medium' },
    ...{ secrets: [], reporter_name: 'Hugo Brandt', message_key: null, note: null },
    snapshot: {
      ...{ platform: 'other', permalink: null, team: null, channel: null, channel_name: null, thread: null },
      messages: [
        {
          ...{
            author: 'Hugo Brandt',
            author_id: null,
            author_flags: ['unlinked'],
            said_at: null,
            message_id: null,
          },
          text: `Somebody signed in as ${subject} at night, number n${index}x, from an address that we don't know. ${line}`,
        },
      ],
      ...{
        completeness: 'partial',
        completeness_reason: 'A person pasted it.',
        trust: 'typed',
        verified: null,
      },
      ...{ received_at: new Date().toISOString(), raw_sha256: null },
    },
  }
}

/** A ledger of streams that nobody else knows yet: what is written is gathered, and written to the database together. */
function gathering(facts: Facts) {
  const writings: Writing[] = []
  const pages = new Map<string, Pick<Page, 'version' | 'head' | 'state'>>()
  const ledger = (number: number): Ledger => ({
    open: async (_actor, _kind, stream) => {
      const known = pages.get(stream) ?? { version: 0, head: null, state: null }
      return { ...known, now: new Date().toISOString(), facts: { ...facts, number }, answered: null }
    },
    write: async (writing) => {
      writings.push(writing)
      const { stream, from, events, state } = writing
      pages.set(stream, { version: from + events.length, head: events.at(-1)?.hash ?? null, state })
      return 'written'
    },
    alone: (_actor, _stream, nested) => nested(ledger(number)),
  })
  return { writings, ledger }
}

async function flush(sql: Client, writings: readonly Writing[]): Promise<void> {
  const left = (await writePages(sql, writings)).filter((written) => written !== 'written').length
  if (left > 0) throw new Error(`${left} pages were not written.`)
}
