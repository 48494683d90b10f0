'use client'

import { useMemo } from 'react'
import { filtersOf } from '../history/query'
import { useShortcut } from '../keyboard'
import { Button } from '../ui/button'
import { Bone, Empty, Failed, Loading } from '../ui/states'
import { useUrlState } from '../use-url-state'
import { CLOSED, periodOf } from './from-history'
import { HistoryExport } from './history-export'
import { NewExport } from './new-export'
import { useExports } from './query'
import { ExportRows } from './rows'

/** What leaves the record for an audit: asked for here, written in the background, fetched when it is done. */
export function Exports() {
  const { params, set } = useUrlState()
  const found = useExports()
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  const mayAsk = found.data?.pages[0]?.may.export ?? false
  const open = () => set({ new: 'yes' })
  useShortcut('n', 'New export', open, 'Exports')
  const why = found.data && !mayAsk ? 'An auditor exports the record.' : null
  return (
    <>
      <div className="ruled flex flex-wrap items-end justify-between gap-2 pt-4 pb-1.5">
        <h1 className="text-lg font-semibold">Exports</h1>
        <span className="flex flex-wrap items-center gap-4">
          <a href="/verify" className="link">
            Check an export
          </a>
          <a
            href="/verify.mjs"
            download
            className="link"
            title="One file, for Node.js: node verify.mjs export.zip"
          >
            Download the verifier
          </a>
          <Button look="primary" why={why} onClick={open}>
            New export
          </Button>
        </span>
      </div>
      <p className="max-w-3xl py-2.5 text-base text-ink-2">
        Each is a ZIP that anybody can check without us. Asking for one is itself on record, and so is taking
        it away. Files are kept for seven days; an export that has expired can be written again, with the same
        events.
      </p>
      {found.isPending ? <Bones /> : null}
      {found.isError && !found.data ? (
        <Failed error={found.error} what="The exports" retry={() => void found.refetch()} />
      ) : null}
      {rows.length ? <ExportRows rows={rows} /> : null}
      {found.isSuccess && !rows.length ? (
        <Empty title="Nothing has been exported yet">
          <p>Export one case, the cases that fit, a period, or the whole record.</p>
          {mayAsk ? (
            <Button look="primary" className="mt-3" onClick={open}>
              New export
            </Button>
          ) : null}
        </Empty>
      ) : null}
      {found.hasNextPage ? (
        <p className="py-4 text-center">
          <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Load earlier
          </Button>
        </p>
      ) : null}
      {mayAsk ? <Asking params={params} onClose={() => set(CLOSED)} /> : null}
    </>
  )
}

/** The form that the address asks for: with what the history showed, if one comes from there. */
function Asking({ params, onClose }: { params: URLSearchParams; onClose: () => void }) {
  const wanted = params.get('new')
  const filters = useMemo(() => filtersOf(new URLSearchParams(params)), [params])
  if (!wanted) return null
  if (wanted === 'history') return <HistoryExport filters={filters} onClose={onClose} />
  return <NewExport onClose={onClose} start={periodOf(params)} />
}

function Bones() {
  return (
    <Loading what="the exports">
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} className="flex h-14 items-center gap-4 border-b border-rule px-1.5">
          <Bone className="w-24" />
          <Bone className="w-80 max-w-[40vw]" />
          <Bone className="w-28" />
        </div>
      ))}
    </Loading>
  )
}
