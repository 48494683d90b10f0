import { ERASED } from '@/lib/case/erasable'
import type { DerivedFile } from '@/lib/record/bundle-source'
import { fromUtf8, utf8 } from '@/lib/record/bytes'
import { type TimelineRow, timelineCsv } from '@/lib/record/csv'
import type { Envelope } from '@/lib/record/envelope'
import type { Row } from './pages'

type AnyEvent = Envelope<string, Record<string, unknown>>

/** Readable forms of the record: convenient, and not evidence. */
export async function* derived(pages: (step: string) => AsyncIterable<Row>): AsyncGenerator<DerivedFile> {
  yield { name: 'timeline.csv', content: timelineCsv(timeline(pages('readable forms'))) }
  yield { name: 'case.json', content: caseJson(pages('readable forms')) }
}

async function* timeline(rows: AsyncIterable<Row>): AsyncGenerator<TimelineRow> {
  for await (const row of rows) {
    if (!row.body) {
      yield { seq: row.seq, index: row.index, at: '', type: row.type, actor: '', summary: ERASED }
      continue
    }
    const { seq, at, type, actor, data } = parsed(row.body)
    yield { seq, index: row.index, at, type, actor: actor.id, summary: summaryOf(data) }
  }
}

/** What was said or decided, in a line. */
function summaryOf(data: Record<string, unknown>): string {
  const telling = [
    'title',
    'sentence',
    'summary',
    'reason',
    'note',
    'text',
    'name',
    'outcome',
    'decision',
    'to',
  ]
  const found = telling.map((field) => data[field]).find((value) => typeof value === 'string' && value !== '')
  return typeof found === 'string' ? found.slice(0, 500) : ''
}

async function* caseJson(rows: AsyncIterable<Row>): AsyncGenerator<Uint8Array> {
  yield utf8('{"events":[\n')
  let first = true
  for await (const row of rows) {
    yield utf8(
      `${first ? '' : ',\n'}${JSON.stringify(row.body ? shown(row.body) : { seq: row.seq, type: row.type, erased: true })}`,
    )
    first = false
  }
  yield utf8('\n]}\n')
}

function shown(body: Buffer) {
  const { seq, at, type, actor, data, policy } = parsed(body)
  return { seq, at, type, actor, policy, data }
}

function parsed(body: Buffer): AnyEvent {
  return JSON.parse(fromUtf8(body))
}
