'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import type { Replay } from '@/lib/audit/view'
import { Said } from '../case/said'
import { useShortcut } from '../keyboard'
import { Bone, Failed, Loading } from '../ui/states'
import { useUrlState } from '../use-url-state'
import { CaseThen } from './case-then'
import { Happened } from './happened'
import { PeopleThen } from './people-then'
import { useMoment, useReplay } from './query'
import { Track } from './track'

/** A case, event by event: what it was, who could do what, and whether policy would decide the same again. */
export function ReplayPage({ caseId }: { caseId: string }) {
  const found = useReplay(caseId)
  if (found.isPending) return <Bones />
  if (!found.data)
    return <Failed error={found.error} what="This replay" page retry={() => void found.refetch()} />
  return <Loaded key={caseId} replay={found.data} />
}

function Loaded({ replay }: { replay: Replay }) {
  const { case: about, stops } = replay
  const [place, go] = usePlace(stops)
  const rested = useRested(place)
  const stop = stops[place]
  const moment = useMoment(about.id, stops[rested]?.seq ?? null)
  useSteps(place, stops.length, go)
  return (
    <article className="pt-5">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <p className="text-ink-2">
            <Link href={`/cases/${about.id}`} className="link">
              <span className="numeric">№ {about.number}</span> <Said inline text={about.title} />
            </Link>
          </p>
          <h1 className="text-xl font-semibold">Replay</h1>
        </div>
        <p className="text-xs text-ink-3 max-sm:hidden">
          Folded from {stops.length} entries of the record, and from nothing else.
        </p>
      </header>
      <Track replay={replay} place={place} go={go} />
      {moment.isError && !moment.data ? (
        <Failed error={moment.error} what="This moment" retry={() => void moment.refetch()} />
      ) : null}
      {moment.data ? (
        <div
          aria-busy={moment.data.frame.seq !== stop?.seq}
          className="grid gap-x-10 lg:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)]"
        >
          <div className="min-w-0">
            <Happened moment={moment.data} caseId={about.id} />
            <CaseThen frame={moment.data.frame} />
          </div>
          <PeopleThen frame={moment.data.frame} />
        </div>
      ) : moment.isPending ? (
        <Bone className="mt-6 block h-64 w-full" />
      ) : null}
    </article>
  )
}

/** The address keeps the position, so that a moment can be sent as a link; without one, the last. */
function usePlace(stops: Replay['stops']): [number, (place: number) => void] {
  const { params, set } = useUrlState()
  const at = params.get('at')
  const [place, setPlace] = useState(() => {
    const wanted = stops.findIndex(({ seq }) => String(seq) === at)
    return wanted === -1 ? stops.length - 1 : wanted
  })
  const go = (next: number) => {
    const within = Math.max(0, Math.min(stops.length - 1, next))
    setPlace(within)
    set({ at: String(stops[within]?.seq ?? '') })
  }
  return [place, go]
}

const REST_MS = 90

/** Where the slider has come to rest: what lies on its way isn't asked for. */
function useRested(place: number): number {
  const [rested, setRested] = useState(place)
  useEffect(() => {
    const timer = setTimeout(() => setRested(place), REST_MS)
    return () => clearTimeout(timer)
  }, [place])
  return rested
}

/** The keys that a slider has, wherever the focus is. */
function useSteps(place: number, count: number, go: (place: number) => void) {
  useShortcut('ArrowLeft', 'The entry before', () => go(place - 1), 'Replay')
  useShortcut('ArrowRight', 'The next entry', () => go(place + 1), 'Replay')
  useShortcut('Home', 'The first entry', () => go(0), 'Replay')
  useShortcut('End', 'The last entry', () => go(count - 1), 'Replay')
}

function Bones() {
  return (
    <Loading what="the replay" page>
      <div className="pt-5">
        <Bone className="w-64" />
        <Bone className="mt-3 block h-7 w-40" />
        <Bone className="mt-5 block h-24 w-full" />
        <div className="mt-6 grid gap-10 lg:grid-cols-[26rem_1fr]">
          <Bone className="block h-72 w-full" />
          <Bone className="block h-72 w-full" />
        </div>
      </div>
    </Loading>
  )
}
