'use client'

import { ReplayLink } from '../audit/links'
import { exportLink } from '../exports/from-history'
import { Button, ButtonLink } from '../ui/button'
import { Bone, Empty, Failed, Loading } from '../ui/states'
import { When } from '../ui/when'
import { useUrlState } from '../use-url-state'
import { HistoryFilters } from './filters'
import { FILTERS, filtersOf, useHistory } from './query'
import { HistoryRows } from './rows'
import { HistoryViews } from './views'

/** Who asked, who approved, who executed, what proves it: for any case and any period. */
export function History() {
  const { params, set } = useUrlState()
  const filters = filtersOf(params)
  const found = useHistory(filters)
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  const searched = found.data?.pages.at(-1)?.searched_to
  const filtered = FILTERS.some((name) => filters[name])
  const leads = exportLink(filters)
  const clear = () => set(Object.fromEntries([...FILTERS, 'view'].map((name) => [name, null])))
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-2 pt-4 pb-2.5">
        <h1 className="text-lg font-semibold">History</h1>
        {filters.case.startsWith('case_') ? (
          <span className="flex gap-2">
            <ReplayLink caseId={filters.case} button />
            <ButtonLink href={`/cases/${filters.case}`}>Open the case</ButtonLink>
            <ButtonLink href={`/cases/${filters.case}?do=exportCase`}>Export the case</ButtonLink>
          </span>
        ) : (
          <span className="flex items-center gap-4">
            <a href="/verify" className="link">
              Check an export
            </a>
            <ButtonLink href={leads.href}>{leads.label}</ButtonLink>
          </span>
        )}
      </div>
      <HistoryViews view={params.get('view') ?? ''} filters={filters} clear={filtered ? clear : null} />
      <HistoryFilters filters={filters} set={set} />
      <div aria-busy={found.isPlaceholderData}>
        {found.isPending ? <Bones /> : null}
        {found.isError && !found.data ? (
          <Failed error={found.error} what="The history" retry={() => void found.refetch()} />
        ) : null}
        {rows.length ? <HistoryRows rows={rows} /> : null}
        {found.isSuccess && !rows.length && !found.hasNextPage ? (
          <Empty title={filtered ? 'Nothing on record fits' : 'Nothing is on record yet'}>
            {filtered ? (
              <Button onClick={clear}>Clear the filters</Button>
            ) : (
              'The first promoted finding starts it.'
            )}
          </Empty>
        ) : null}
      </div>
      {found.hasNextPage ? (
        <p className="py-4 text-center">
          {searched ? (
            <span className="mr-3 text-ink-2">
              Searched back to <When at={searched} />.
            </span>
          ) : null}
          <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {searched ? 'Search further back' : 'Load earlier'}
          </Button>
        </p>
      ) : null}
    </>
  )
}

function Bones() {
  return (
    <Loading what="the history">
      {Array.from({ length: 14 }, (_, index) => (
        <div key={index} className="flex h-9 items-center gap-4 border-b border-rule px-1.5">
          <Bone className="w-24" />
          <Bone className="w-28" />
          <Bone className="w-80 max-w-[40vw]" />
        </div>
      ))}
    </Loading>
  )
}
