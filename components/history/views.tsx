'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { SavedView } from '@/lib/act/view/entry'
import { Button } from '../ui/button'
import { cx } from '../ui/class'
import { Menu } from '../ui/menu'
import { toast } from '../ui/toast'
import { NameDialog } from './name-dialog'
import { addressOf, type Filters, viewQuery } from './query'
import { useView, useViewChange, useViews } from './saved'

type Props = { view: string; filters: Filters; clear: (() => void) | null }

/** The questions that one keeps asking, each a tab; the present filters can be kept as another. */
export function HistoryViews({ view, filters, clear }: Props) {
  const own = useViews().data
  const open = useView(view, own)
  const router = useRouter()
  const query = viewQuery(filters)
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const change = useViewChange()
  // An address that names a view and nothing else means the view's own filters.
  useEffect(() => {
    if (open?.query && !query) router.replace(addressOf(open))
  }, [open, query, router])
  if (!own) return <div className="ruled min-h-9" />
  const save = (name: string) =>
    change.mutate(
      { path: '', body: { name, query }, done: `“${name}” is kept` },
      {
        onSuccess: (made) => {
          setNaming(null)
          router.replace(addressOf(made))
        },
      },
    )
  const rename = (name: string) =>
    change.mutate(
      { path: `/${view}`, body: { name }, done: `It is called “${name}” now` },
      { onSuccess: () => setNaming(null) },
    )
  return (
    <div className="ruled flex min-h-9 items-end justify-between gap-4">
      <nav aria-label="Views" className="no-scrollbar min-w-0 overflow-x-auto">
        <ul className="flex min-w-max gap-5">
          <Tab href="/history" name="Everything" here={!view && !query} />
          {own.map((each) => (
            <Tab key={each.id} href={addressOf(each)} name={each.name} here={each.id === view} />
          ))}
          {open && !open.mine ? (
            <Tab href={addressOf(open)} name={`${open.name}, kept by ${open.by}`} here />
          ) : null}
        </ul>
      </nav>
      <span className="flex shrink-0 gap-2 pb-1">
        {clear ? (
          <Button look="quiet" onClick={clear}>
            Clear
          </Button>
        ) : null}
        {query && query !== open?.query ? (
          <Button onClick={() => setNaming('new')}>Keep this view</Button>
        ) : null}
        {open?.mine ? <ViewMenu view={open} query={query} onRename={() => setNaming('rename')} /> : null}
      </span>
      {naming ? (
        <NameDialog
          title={naming === 'new' ? 'Keep this view' : 'Rename the view'}
          name={naming === 'new' ? '' : (open?.name ?? '')}
          submit={naming === 'new' ? 'Keep it' : 'Rename it'}
          busy={change.isPending}
          onName={naming === 'new' ? save : rename}
          onClose={() => setNaming(null)}
        />
      ) : null}
    </div>
  )
}

function Tab({ href, name, here }: { href: string; name: string; here: boolean }) {
  return (
    <li>
      <Link
        href={href}
        aria-current={here ? 'page' : undefined}
        className={cx(
          'block border-b-3 pb-1.5 text-base pointer-coarse:min-h-11 pointer-coarse:pt-2.5',
          here ? 'border-ink font-semibold' : 'border-transparent text-ink-2 hover:text-ink',
        )}
      >
        {name}
      </Link>
    </li>
  )
}

function ViewMenu({ view, query, onRename }: { view: SavedView; query: string; onRename: () => void }) {
  const change = useViewChange()
  const router = useRouter()
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(addressOf(view), window.location.origin).href)
    toast({ kind: 'done', title: 'The view’s address is copied' })
  }
  const remove = () =>
    change.mutate(
      { path: `/${view.id}/remove`, body: {}, done: `“${view.name}” is deleted` },
      { onSuccess: () => router.replace('/history') },
    )
  const update = () =>
    change.mutate({ path: `/${view.id}`, body: { query }, done: `“${view.name}” has these filters now` })
  return (
    <Menu
      label="This view"
      trigger={<Button>View…</Button>}
      items={[
        { key: 'copy', label: 'Copy its address', onSelect: () => void copy() },
        { key: 'rename', label: 'Rename…', onSelect: onRename },
        {
          key: 'update',
          label: 'Keep the present filters in it',
          why: query && query !== view.query ? null : 'They are the ones that it has.',
          onSelect: update,
        },
        { key: 'remove', label: 'Delete the view', danger: true, onSelect: remove },
      ]}
    />
  )
}
