'use client'

import Link from 'next/link'
import { rule as inWords } from '@/lib/telling/sentence-erasure'
import { Said } from '../case/said'
import { Who } from '../case/who'
import { useSession } from '../session'
import { useErasureDesk } from '../settings/erasure-query'
import { When } from '../ui/when'

const READERS = ['analyst', 'approver', 'auditor', 'admin']

/** What waits for a second person to be erased: decided on the case’s own page, where it can be read. */
export function ToErase() {
  const may = useSession().data?.roles.some((role) => READERS.includes(role)) ?? false
  const { data } = useErasureDesk(may)
  const waiting = data?.cases.flatMap((one) => one.erasures.map((erasure) => ({ ...erasure, on: one }))) ?? []
  if (!waiting.length && !data?.proposed) return null
  return (
    <section aria-label="To be erased" className="mt-5">
      <h2 className="small-caps mb-1">To be erased</h2>
      <ul className="border-t border-rule-strong">
        {data?.proposed ? (
          <li className="border-b border-rule px-1.5 py-2.5">
            <Link href="/settings?tab=erasure" className="link font-semibold">
              A retention rule: {inWords(data.proposed)}
            </Link>
            <p className="text-xs text-ink-2">
              proposed by <Who who={data.proposed.proposer} />
            </p>
          </li>
        ) : null}
        {waiting.map((erasure) => (
          <li key={erasure.erasure} className="border-b border-rule px-1.5 py-2.5">
            <Link href={`/cases/${erasure.on.id}#erasures-title`} className="link font-semibold">
              {erasure.seqs.length === 1 ? 'An entry' : `${erasure.seqs.length} entries`} of{' '}
              <span className="numeric">{erasure.on.number}</span> <Said inline text={erasure.on.title} />
            </Link>
            <Said text={erasure.reason} className="line-clamp-2 text-ink-2" />
            <p className="text-xs text-ink-2">
              asked by <Who who={erasure.requester} /> <When at={erasure.asked_at} ago />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
