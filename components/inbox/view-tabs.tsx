import { type CasePage, MOST_COUNTED } from '@/lib/act/view/case'
import { Tabs } from '../ui/tabs'
import { VIEWS, type View } from './query'

export function ViewTabs({ view, counts }: { view: View; counts: CasePage['counts'] | undefined }) {
  const tabs = VIEWS.map(([id, name]) => ({
    id,
    href: `/inbox?view=${id}`,
    children: (
      <>
        {name}
        <span className="numeric min-w-[2ch] text-ink-3">{counted(counts?.[id])}</span>
      </>
    ),
  }))
  return (
    <div className="pt-3">
      <Tabs label="Views" tabs={tabs} open={view} />
    </div>
  )
}

function counted(cases: number | undefined): string {
  if (cases === undefined) return ''
  return cases < MOST_COUNTED ? `${cases}` : `${MOST_COUNTED}+`
}
