'use client'

import { useRef, useState } from 'react'
import { NHI_KINDS } from '@/lib/nhi/event'
import { step } from '../inbox/case-table'
import { useShortcut } from '../keyboard'
import { useNhis } from '../names'
import { useSession } from '../session'
import { Button } from '../ui/button'
import { Bone, Empty, Failed, Loading } from '../ui/states'
import { useUrlState } from '../use-url-state'
import { filtersOf, fitting, tally } from './filters'
import { HealthBar } from './health-bar'
import { ImportDialog } from './import-dialog'
import { NhiTable } from './nhi-table'
import { RegisterDialog } from './register-dialog'

/** Every non-human identity that is known, with who answers for it and what ails it. */
export function Registry() {
  const found = useNhis()
  const me = useSession().data?.who.id ?? null
  const { params, set } = useUrlState()
  const filters = filtersOf(params)
  const [dialog, setDialog] = useState<'import' | 'register' | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  useShortcut('j', 'Next identity', () => step(list.current, 1), 'Identities')
  useShortcut('k', 'Previous identity', () => step(list.current, -1), 'Identities')
  useShortcut('/', 'Search identities', () => search.current?.focus(), 'Identities')
  const all = found.data ?? []
  const rows = fitting(all, filters, me)
  return (
    <>
      <div className="ruled flex flex-wrap items-end justify-between gap-2 pt-4 pb-1.5">
        <h1 className="text-lg font-semibold">
          Identities{' '}
          <span className="numeric font-normal text-ink-3">{found.isSuccess ? all.length : ''}</span>
        </h1>
        <span className="flex gap-2">
          <Button onClick={() => setDialog('register')}>Register one</Button>
          <Button onClick={() => setDialog('import')}>Import a list</Button>
        </span>
      </div>
      <HealthBar
        counts={tally(all)}
        total={all.length}
        chosen={filters.health}
        choose={(health) => set({ health })}
      />
      <div className="flex flex-wrap gap-2 py-2.5">
        <input
          ref={search}
          type="search"
          aria-label="Search identities"
          placeholder="Search name, system, owner   /"
          value={filters.q}
          onChange={(event) => set({ q: event.target.value })}
          className="field max-w-80"
        />
        <select
          aria-label="Kind"
          value={filters.kind}
          onChange={(event) => set({ kind: event.target.value })}
          className="field max-w-44"
        >
          <option value="">Every kind</option>
          {NHI_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {kind.replaceAll('-', ' ')}
            </option>
          ))}
        </select>
        <label className="flex min-h-8 items-center gap-2 px-1">
          <input
            type="checkbox"
            checked={filters.owner === 'me'}
            onChange={(event) => set({ owner: event.target.checked ? 'me' : null })}
            className="accent-(--accent)"
          />
          mine to answer for
        </label>
      </div>
      <div ref={list}>
        {found.isPending ? <Bones /> : null}
        {found.isError && !found.data ? (
          <Failed error={found.error} what="The registry" retry={() => void found.refetch()} />
        ) : null}
        {rows.length ? <NhiTable rows={rows} /> : null}
        {found.isSuccess && !rows.length ? (
          all.length ? (
            <Empty title="No identity fits these filters">
              <Button onClick={() => set({ q: null, health: null, kind: null, owner: null })}>
                Clear the filters
              </Button>
            </Empty>
          ) : (
            <Empty title="No identity is registered yet">
              <p>
                Import a list from your cloud, directory or vault as CSV; each line is checked before anything
                is stored.
              </p>
              <Button look="primary" className="mt-3" onClick={() => setDialog('import')}>
                Import a list
              </Button>
            </Empty>
          )
        ) : null}
      </div>
      {dialog === 'import' ? <ImportDialog onClose={() => setDialog(null)} /> : null}
      {dialog === 'register' ? <RegisterDialog onClose={() => setDialog(null)} /> : null}
    </>
  )
}

function Bones() {
  return (
    <Loading what="identities">
      {Array.from({ length: 10 }, (_, index) => (
        <div key={index} className="flex h-8.5 items-center gap-4 border-b border-rule px-1.5">
          <Bone className="w-40" />
          <Bone className="w-24" />
          <Bone className="w-32" />
        </div>
      ))}
    </Loading>
  )
}
