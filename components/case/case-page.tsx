'use client'

import { useEffect, useMemo, useRef } from 'react'
import type { CaseFile } from '@/lib/act/view/case'
import type { Entry } from '@/lib/act/view/entry'
import { useShortcut } from '../keyboard'
import { Failed } from '../ui/states'
import { toast } from '../ui/toast'
import { useUrlState } from '../use-url-state'
import { Actions } from './actions'
import { Arrivals } from './arrivals'
import { CaseBones } from './bones'
import { Composer } from './composer'
import { CorrectButton } from './corrections'
import { type CaseDesk, CaseDeskProvider, whyNot } from './desk'
import { CaseDialog } from './dialog'
import { canGo, EraseButton, Erasures } from './erasures'
import { Evidence } from './evidence'
import { Exceptions } from './exceptions'
import { Finding } from './finding'
import { CaseHead } from './head'
import { Holds } from './holds'
import { Lateness } from './late'
import { Linked } from './linked'
import { Next } from './next'
import { useCase } from './query'
import { Rail } from './rail'
import { Spine } from './spine'
import { TimeInStage } from './time-in-stage'

export function CasePage({ id }: { id: string }) {
  const found = useCase(id)
  if (found.isPending) return <CaseBones />
  if (!found.data)
    return <Failed error={found.error} what="This case" page retry={() => void found.refetch()} />
  return <Loaded file={found.data} />
}

function Loaded({ file }: { file: CaseFile }) {
  const { params, set } = useUrlState()
  const desk = useMemo<CaseDesk>(
    () => ({ file, open: (command, about) => set({ do: command, about: about ?? null }) }),
    [file, set],
  )
  const seen = useRef(file.version).current
  useDeepLink()
  return (
    <CaseDeskProvider value={desk}>
      <Keys desk={desk} />
      <CaseHead />
      <Lateness />
      <Holds />
      <Rail file={file} />
      <div className="grid gap-x-10 lg:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_27rem]">
        <div className="min-w-0 pb-6">
          <Next />
          <Finding snapshots={file.snapshots} />
          <Actions />
          <Exceptions />
          <Erasures />
          <div className="grid gap-x-10 xl:grid-cols-2">
            <Linked />
            <Evidence />
          </div>
          <TimeInStage />
        </div>
        <section
          aria-label="The record"
          className="mt-5 min-w-0 lg:sticky lg:top-26 lg:max-h-[calc(100dvh-6.5rem)] lg:self-start lg:overflow-y-auto lg:overscroll-contain lg:pr-1 lg:pb-6 print:static print:max-h-none print:overflow-visible"
        >
          <Composer />
          <Spine entries={file.timeline} since={seen} tools={toolsFor} />
        </section>
      </div>
      <Arrivals file={file} />
      <CaseDialog
        key={`${params.get('do')}${params.get('about')}`}
        command={params.get('do')}
        about={params.get('about')}
        onClose={() => set({ do: null, about: null })}
      />
    </CaseDeskProvider>
  )
}

const toolsFor = (entry: Entry) => (
  <>
    <CorrectButton seq={entry.seq} />
    {canGo(entry) ? <EraseButton seqs={[entry.seq]} label={`Erase what entry ${entry.seq} says`} /> : null}
  </>
)

const KEYS = [
  ['c', 'confirmCase', 'Confirm'],
  ['a', 'assignCase', 'Assign'],
  ['e', 'attachEvidence', 'Attach evidence'],
  ['p', 'proposeAction', 'Propose a change'],
  ['m', 'addComment', 'Comment'],
  ['s', 'setSeverity', 'Set the severity'],
] as const

function Keys({ desk }: { desk: CaseDesk }) {
  return KEYS.map(([key, command, label]) => (
    <CommandKey key={key} keys={key} command={command} label={label} desk={desk} />
  ))
}

/** A shortcut refuses as its button does: with the reason. */
function CommandKey({
  keys,
  command,
  label,
  desk,
}: {
  keys: string
  command: string
  label: string
  desk: CaseDesk
}) {
  useShortcut(
    keys,
    label,
    () => {
      const why = whyNot(desk.file.offers, command)
      if (why) toast({ kind: 'note', title: `${label}: not now`, detail: why })
      else desk.open(command)
    },
    'Case',
  )
  return null
}

/** The part of the page that the address names exists only now: go to it. */
function useDeepLink() {
  useEffect(() => {
    if (window.location.hash.length < 2) return
    const { state } = window.history
    // Only a navigation makes the browser look for its :target again; it drops what the router had noted of this place in the history,
    // without which the way back to it would lead nowhere.
    window.location.replace(window.location.hash)
    window.history.replaceState(state, '', window.location.href)
  }, [])
}
