'use client'

import Link from 'next/link'
import type { AnswersView } from '@/lib/audit/view'
import { sentence } from '@/lib/telling/sentence'
import { Who } from '../case/who'
import { useNames } from '../names'
import { Ledger, Line } from '../ui/ledger'
import { utc } from '../ui/span'
import { When } from '../ui/when'
import { CorrectedBy } from './corrected-by'
import { SealWord } from './seal-word'

const COLUMNS = 'md:grid-cols-[3rem_8rem_11rem_minmax(0,1fr)_10rem_9rem]'

/** Every entry that the answers rest on, in the order of the record, with its digest in full on paper. */
export function Trail({ view }: { view: AnswersView }) {
  const name = useNames()
  return (
    <section aria-labelledby="trail" className="mt-7">
      <h2 id="trail" className="mb-2 text-base font-semibold">
        The entries <span className="numeric font-normal text-ink-3">{view.events.length}</span>
      </h2>
      <Ledger
        label="The entries"
        heads={['No.', 'When', 'Who', 'What', 'Permitted by', 'Seal']}
        columns={COLUMNS}
      >
        {view.events.map((entry) => (
          <Line
            key={entry.seq}
            columns={COLUMNS}
            className="break-inside-avoid items-baseline py-1 max-md:grid-cols-[3rem_1fr_auto] max-md:py-2"
          >
            <td className="numeric">
              <Link href={`/cases/${view.case.id}#event-${entry.seq}`} className="link">
                #{entry.seq}
              </Link>
            </td>
            <td className="text-xs text-ink-2">
              <When at={entry.at} className="print:hidden" />
              <span className="hidden print:inline">{utc(entry.at)}</span>
            </td>
            <td className="min-w-0 max-md:col-span-3">
              <Who who={entry.who} className="max-w-full font-medium" />
            </td>
            <td className="min-w-0 max-md:col-span-3">
              {sentence(entry, name).text}
              <CorrectedBy entry={entry} caseId={view.case.id} className="ml-2 text-xs whitespace-nowrap" />
              <span className="numeric hidden text-ink-3 break-all print:block">{entry.seal.hash}</span>
            </td>
            <td className="numeric truncate text-ink-2 max-md:col-span-2" title={entry.policy.bundle}>
              {entry.policy.rule}
            </td>
            <td className="text-right text-xs">
              <span className="numeric mr-1.5 text-ink-3">{entry.seal.hash.slice(0, 8)}</span>
              <SealWord seal={entry.seal} />
            </td>
          </Line>
        ))}
      </Ledger>
    </section>
  )
}
