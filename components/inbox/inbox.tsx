'use client'

import { useRef, useState } from 'react'
import { useShortcut } from '../keyboard'
import { Button } from '../ui/button'
import { Empty, Failed } from '../ui/states'
import { useUrlState } from '../use-url-state'
import { toggledIn } from './bulk'
import { BulkBar } from './bulk-bar'
import { CaseTable, CaseTableBones, select, step } from './case-table'
import { FilterBar } from './filter-bar'
import { filtersOf, useCases, VIEWS } from './query'
import { QueueHealth } from './queue'
import { Resolution } from './resolution'
import { ViewTabs } from './view-tabs'

export function Inbox() {
  const { params, set } = useUrlState()
  const filters = filtersOf(params)
  const cases = useCases(filters)
  const rows = cases.data?.pages.flatMap((page) => page.rows) ?? []
  const list = useRef<HTMLDivElement>(null)
  useShortcut('j', 'Next case', () => step(list.current, 1), 'Inbox')
  useShortcut('k', 'Previous case', () => step(list.current, -1), 'Inbox')
  useShortcut('x', 'Select the case, or let it go', () => select(list.current), 'Inbox')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) => setSelected(toggledIn(selected, id))
  const chosen = rows.filter(({ id, stage }) => selected.has(id) && stage !== 'closed')
  const filtered = Boolean(filters.q || filters.severity || filters.stage || filters.due)
  const clear = () => set({ q: null, severity: null, stage: null, due: null })
  const [, , title, teach] = VIEWS.find(([id]) => id === filters.view) ?? VIEWS[0]
  return (
    <>
      <h1 className="sr-only">Inbox</h1>
      <ViewTabs view={filters.view} counts={cases.data?.pages[0]?.counts} />
      {filters.view === 'closed' ? <Resolution /> : <QueueHealth />}
      <FilterBar filters={filters} set={set} />
      <div ref={list} aria-busy={cases.isPlaceholderData}>
        {cases.isPending ? <CaseTableBones /> : null}
        {cases.isError && !cases.data ? (
          <Failed error={cases.error} what="The inbox" retry={() => void cases.refetch()} />
        ) : null}
        {rows.length > 0 ? (
          <CaseTable
            rows={rows}
            faded={cases.isPlaceholderData}
            // Nothing is asked for of cases that are closed.
            {...(filters.view === 'closed' ? {} : { selecting: { selected, toggle } })}
          />
        ) : null}
        {cases.isSuccess && rows.length === 0 ? (
          filtered ? (
            <Empty title="No case fits these filters">
              <p>Other views may have some.</p>
              <Button className="mt-3" onClick={clear}>
                Clear the filters
              </Button>
            </Empty>
          ) : (
            <Empty title={title}>{teach}</Empty>
          )
        ) : null}
      </div>
      {cases.hasNextPage ? (
        <p className="py-4 text-center">
          <Button busy={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
            Load more
          </Button>
        </p>
      ) : null}
      {chosen.length ? <BulkBar rows={chosen} keep={setSelected} /> : null}
      <p className="sr-only" aria-live="polite">
        {cases.isSuccess ? `${rows.length} cases shown` : ''}
      </p>
    </>
  )
}
