import type { DerivedFile } from '@/lib/record/bundle-source'
import { timelineCsv } from '@/lib/record/csv'
import type { NameOf } from '@/lib/telling/words'
import type { Row } from '../pages'
import { correctionsFrom } from './corrections'
import type { Cover } from './cover'
import { FURTHER, timelineRow } from './csv'
import { timelineHtml } from './html'
import { caseJson } from './json'
import { ocsf } from './ocsf'
import { compilePdf } from './pdf'
import { reportOf } from './report'
import { told } from './told'

/** How often the events are read for the forms below. */
export const FORMS = 5

/**
 * Readable forms of the record: convenient, and not evidence. Each reads the events for itself; nothing is held but what was corrected,
 * which `correcting` reads before.
 */
export async function* derived(
  rows: (step: string) => AsyncIterable<Row>,
  correcting: () => AsyncIterable<Row>,
  name: NameOf,
  cover: Cover,
  home: string,
  signal: AbortSignal,
): AsyncGenerator<DerivedFile> {
  const correctionsOf = await correctionsFrom(correcting(), name)
  const tell = (form: string) => told(rows(form), name, correctionsOf)
  yield { name: 'timeline.csv', content: timelineCsv(timelineRows(tell('timeline.csv')), FURTHER) }
  yield { name: 'timeline.html', content: timelineHtml(tell('timeline.html'), cover) }
  yield { name: 'ocsf.ndjson', content: ocsf(tell('ocsf.ndjson'), cover) }
  yield { name: 'case.json', content: caseJson(rows('case.json'), cover, correctionsOf) }
  const report = await reportOf(tell('case.pdf'), name, cover)
  yield { name: 'case.pdf', content: await compilePdf(home, report, cover.at, signal) }
}

async function* timelineRows(events: ReturnType<typeof told>) {
  for await (const event of events) yield timelineRow(event)
}
