'use client'

import { useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import { post, refusalOf } from '../api'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { Empty } from '../ui/states'
import { toast } from '../ui/toast'
import { When } from '../ui/when'
import type { Settings } from './query'
import type { Open } from './settings'
import { useWhy } from './use-why'
import { ForTheOtherTeam } from './witness-start'

type Witness = Settings['witnesses']['list'][number]

/** Who vouches for the log besides us, and how it stands with each. */
export function Witnesses({ settings: { witnesses }, open }: { settings: Settings; open: Open }) {
  const why = useWhy()
  const { list, quorum, health, alerts } = witnesses
  return (
    <div className="grid gap-7">
      {alerts.map((alert) => (
        <p
          key={alert}
          role="alert"
          className="rounded-md border border-l-4 border-rule-strong border-l-critical bg-sheet px-4 py-3"
        >
          {alert}
        </p>
      ))}
      <section aria-label="Witnesses">
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
          <p className="text-ink-2">
            {list.length ? (
              <Standing quorum={quorum} of={list.length} health={health} />
            ) : (
              'Run by other teams, out of our reach.'
            )}
          </p>
          <span className="flex flex-wrap gap-2">
            {list.length > 1 ? (
              <Button why={why('setWitnessQuorum')} onClick={() => open('setWitnessQuorum', String(quorum))}>
                Change how many
              </Button>
            ) : null}
            <Button why={why('addWitness')} onClick={() => open('addWitness')}>
              Add a witness
            </Button>
          </span>
        </div>
        {list.length ? null : (
          <Empty title="Nobody else vouches for the log">
            Events are sealed under our own key alone, so an auditor has to trust us not to rewrite them. Ask
            another team, or a partner, to run a witness, and add it here.
          </Empty>
        )}
        <ul className="border-t border-rule-strong">
          {list.map((one) => (
            <Row key={one.vkey} one={one} open={open} />
          ))}
        </ul>
      </section>
      <ForTheOtherTeam log={witnesses.log} />
    </div>
  )
}

function Standing({
  quorum,
  of,
  health,
}: {
  quorum: number
  of: number
  health: Settings['witnesses']['health']
}) {
  return (
    <>
      {quorum} of {of} {of === 1 ? 'witness' : 'witnesses'} must sign.{' '}
      <span className="whitespace-nowrap">
        Witnessed: <b className="numeric font-medium text-ink">{health.witnessed_size}</b> of{' '}
        <span className="numeric">{health.size}</span> sealed events.
      </span>
    </>
  )
}

function Row({ one, open }: { one: Witness; open: Open }) {
  const why = useWhy()
  const { busy, refusal, ask } = useAsk(one.vkey)
  return (
    <li className="border-b border-rule py-2.5">
      <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_auto]">
        <div className="min-w-0">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <b className="min-w-0 font-semibold break-words">{one.name}</b>
            <span className="numeric min-w-0 break-all text-ink-2">{one.url}</span>
          </p>
          <State one={one} />
          <p className="numeric break-all text-ink-3">{one.vkey}</p>
        </div>
        <span className="flex flex-wrap items-start gap-2">
          <Button busy={busy} aria-label={`Ask ${one.name} now`} onClick={ask}>
            Ask it now
          </Button>
          <Button
            look="quiet"
            aria-label={`Remove ${one.name}`}
            why={why('removeWitness')}
            onClick={() => open('removeWitness', one.vkey)}
          >
            Remove
          </Button>
        </span>
      </div>
      {refusal ? (
        <div className="mt-2">
          <Refused refusal={refusal} />
        </div>
      ) : null}
    </li>
  )
}

function State({ one }: { one: Witness }) {
  if (one.error)
    return (
      <p className="text-critical">
        {one.error}{' '}
        <span className="text-ink-2">
          {one.seen_at ? (
            <>
              It last signed <When at={one.seen_at} ago />, {one.size} entries.
            </>
          ) : (
            'It has never signed.'
          )}
        </span>
      </p>
    )
  if (!one.seen_at) return <p className="text-medium">Not asked yet.</p>
  return (
    <p className="text-ink-2">
      <span aria-hidden="true" className="mr-2 inline-block size-2 rounded-full bg-ok" />
      Signed <span className="numeric">{one.size}</span> entries, <When at={one.seen_at} ago />
    </p>
  )
}

/** Really asks it, and says what it answered. */
function useAsk(vkey: string) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const ask = async () => {
    setBusy(true)
    setRefusal(null)
    try {
      const { sentence } = await post<{ sentence: string }>('/api/v1/registry/witnesses/test', { vkey })
      toast({ kind: 'done', title: 'The witness signed', detail: sentence })
    } catch (error) {
      setRefusal(refusalOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { busy, refusal, ask }
}
