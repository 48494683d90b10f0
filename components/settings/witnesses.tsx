'use client'

import { Button } from '../ui/button'
import { Empty } from '../ui/states'
import type { Settings } from './query'
import type { Open } from './settings'
import { useWhy } from './use-why'
import { WitnessRow } from './witness-row'
import { ForTheOtherTeam } from './witness-start'

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
        {list.length ? (
          <>
            <ul className="border-t border-rule-strong">
              {list.map((one) => (
                <WitnessRow key={one.vkey} one={one} of={health.size} open={open} />
              ))}
            </ul>
            <p className="mt-2 text-ink-2">
              Nothing waits for a witness but critical actions: each gets its warrant once its approvals are
              witnessed.
              {list.length === quorum
                ? ' As all must sign, one that fails holds these up; one more witness than must sign prevents that.'
                : null}
            </p>
          </>
        ) : null}
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
