'use client'

import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import type { CaseRow } from '@/lib/act/view/case'
import { post } from '../api'
import { People } from '../form/choosers'
import { useNames } from '../names'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import { forEach, type Outcome } from './bulk'

/** The role of those who can be asked. */
const TAKERS = 'analyst'

type Props = { rows: readonly CaseRow[]; keep: (ids: ReadonlySet<string>) => void }

/** What can be asked for several cases at once. Never a decision: each of those is read by itself. */
export function BulkBar({ rows, keep }: Props) {
  const client = useQueryClient()
  const name = useNames()
  const [assignee, setAssignee] = useState('')
  const [running, setRunning] = useState<number | null>(null)
  const [refused, setRefused] = useState<readonly Outcome[]>([])

  const assign = async () => {
    setRunning(0)
    setRefused([])
    const outcomes = await forEach(
      rows,
      (row) =>
        post(
          `/api/v1/cases/${row.id}/assign-case`,
          { assignee },
          { 'Idempotency-Key': crypto.randomUUID(), 'If-Match': `"${row.version}"` },
        ),
      (all) => setRunning(all.length),
    )
    const not = outcomes.filter(({ refusal }) => refusal !== null)
    const done = outcomes.length - not.length
    if (done)
      toast({
        kind: 'done',
        title: `Asked ${name(assignee)} to take ${done} ${done === 1 ? 'case' : 'cases'}`,
      })
    setRunning(null)
    setRefused(not)
    keep(new Set(not.map(({ row }) => row.id)))
    await client.invalidateQueries()
  }
  return (
    <section
      aria-label="Selected cases"
      className="sticky bottom-0 z-20 border-t-3 border-double border-ink bg-paper px-1.5 py-2.5 max-sm:bottom-14"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p role="status" className="font-medium">
          {running === null ? `${rows.length} selected` : `${running} of ${rows.length} asked`}
        </p>
        <People
          role={TAKERS}
          aria-label="Who takes them"
          value={assignee}
          onChange={(event) => setAssignee(event.target.value)}
          className="field max-w-64"
        />
        <Button
          look="primary"
          busy={running !== null}
          why={assignee ? null : 'Choose first who is to take them.'}
          onClick={assign}
        >
          Ask to take them
        </Button>
        <Button look="quiet" onClick={() => keep(new Set())}>
          Clear
        </Button>
      </div>
      {refused.length ? (
        <ul
          role="alert"
          className="mt-2 grid gap-1 border-l-3 border-l-critical bg-critical-wash px-3 py-1.5"
        >
          {refused.map(({ row, refusal }) => (
            <li key={row.id}>
              <Link href={`/cases/${row.id}`} className="link numeric">
                {row.number}
              </Link>{' '}
              {refusal?.sentence} <span className="text-ink-2">{refusal?.remedy}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
