'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CasesBehind } from '@/lib/act/view/entry'
import { get, refusalOf } from '../api'
import { Refused } from '../form/refused'
import { type Filters, queryOf } from '../history/query'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Bone, Loading } from '../ui/states'
import { AskExport } from './ask-export'
import { historyForm } from './form'
import { filterOf } from './from-history'

type Props = { filters: Filters; onClose: () => void }

/** Asks for the cases behind a history, once their number is known. */
export function HistoryExport({ filters, onClose }: Props) {
  const query = queryOf(filters, '')
  const found = useQuery({
    queryKey: ['history', 'cases', query],
    queryFn: ({ signal }) => get<CasesBehind>(`/api/v1/history/cases?${query}`, signal),
    refetchOnWindowFocus: false,
    retry: false,
  })
  const form = useMemo(() => found.data && historyForm(found.data, filterOf(filters)), [found.data, filters])
  if (form && found.data?.cases)
    return <AskExport form={form} draft={`export/history/${query}`} onClose={onClose} />
  return (
    <Dialog title="Export these cases" onClose={onClose}>
      <div className="grid gap-4 px-5 pt-3 pb-4">
        {found.isPending ? (
          <Loading what="how many cases fit">
            <Bone className="w-72" />
          </Loading>
        ) : null}
        {found.error ? <Refused refusal={refusalOf(found.error)} /> : null}
        {found.data?.cases === 0 ? <p>In no case is there anything on record that fits.</p> : null}
        <div className="flex justify-end border-t pt-3">
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    </Dialog>
  )
}
