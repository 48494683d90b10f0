'use client'

import Link from 'next/link'
import type { ErasureDesk } from '@/lib/act/view/erasure'
import { rule as inWords } from '@/lib/telling/sentence-erasure'
import { whyNot } from '../case/desk'
import { Said } from '../case/said'
import { Who } from '../case/who'
import { Button } from '../ui/button'
import { Bone, Empty, Failed, Loading } from '../ui/states'
import { When } from '../ui/when'
import { useErasureDesk } from './erasure-query'
import { Previewed, ProposeRule } from './retention'
import type { Open } from './settings'

/** For how long text and evidence are kept, and what keeps them longer. */
export function Erasure({ open }: { open: Open }) {
  const found = useErasureDesk()
  if (found.isPending)
    return (
      <Loading what="what is erased and held">
        <Bone className="mb-5 block w-full" />
        <Bone className="mb-5 block w-full" />
      </Loading>
    )
  if (!found.data)
    return <Failed error={found.error} what="Erasure and holds" retry={() => void found.refetch()} />
  return (
    <div className="grid gap-8">
      <Holds desk={found.data} open={open} />
      <Retention desk={found.data} open={open} />
    </div>
  )
}

function Holds({ desk, open }: { desk: ErasureDesk; open: Open }) {
  const held = desk.cases.filter((one) => one.holds.length)
  return (
    <section aria-labelledby="holds-title">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-3">
        <h2 id="holds-title" className="text-base font-semibold">
          Legal holds
        </h2>
        <Button why={whyNot(desk.offers, 'holdOrganisation')} onClick={() => open('holdOrganisation')}>
          Hold the whole organisation
        </Button>
      </div>
      {desk.holds.length || held.length ? null : (
        <Empty title="Nothing is held">
          A hold keeps people and rules from erasing anything. One person places it, another lifts it. A
          single case is held from its own page.
        </Empty>
      )}
      <ul className="border-t border-rule-strong empty:border-0">
        {desk.holds.map((hold) => (
          <li key={hold.hold} className="flex flex-wrap gap-x-4 gap-y-1 border-b border-rule py-2">
            <div className="min-w-0 flex-1 basis-64">
              <p>
                <b className="font-semibold">The whole organisation</b>{' '}
                <span className="text-ink-2">
                  by <Who who={hold.placed_by} />, <When at={hold.at} />
                </span>
              </p>
              <Said text={hold.reason} className="text-ink-2" />
            </div>
            <Button
              why={whyNot(hold.offers, 'releaseOrganisation')}
              onClick={() => open('releaseOrganisation', hold.hold)}
            >
              Lift the hold
            </Button>
          </li>
        ))}
        {held.flatMap((one) =>
          one.holds.map((hold) => (
            <li key={hold.hold} className="border-b border-rule py-2">
              <p>
                <Link href={`/cases/${one.id}`} className="link">
                  <span className="numeric">{one.number}</span> <Said inline text={one.title} />
                </Link>{' '}
                <span className="text-ink-2">
                  by <Who who={hold.placed_by} />, <When at={hold.at} />
                </span>
              </p>
              <Said text={hold.reason} className="text-ink-2" />
            </li>
          )),
        )}
      </ul>
    </section>
  )
}

function Retention({ desk, open }: { desk: ErasureDesk; open: Open }) {
  const { retention, proposed, offers } = desk
  return (
    <section aria-labelledby="retention-title">
      <h2 id="retention-title" className="mb-2 text-base font-semibold">
        Retention
      </h2>
      {retention ? (
        <div className="mb-4 flex flex-wrap items-start gap-x-4 gap-y-2 border-l-3 border-accent pl-3">
          <div className="min-w-0 flex-1 basis-64">
            <p className="text-base">In force: {inWords(retention)}.</p>
            <p className="text-ink-2">
              proposed by <Who who={retention.proposer} />, in force since <When at={retention.since} />.
              Holds come first.
            </p>
          </div>
          <Button why={whyNot(offers, 'stopRetention')} onClick={() => open('stopRetention', retention.rule)}>
            Stop it
          </Button>
        </div>
      ) : (
        <p className="mb-4 text-ink-2">
          No rule is in force: what people said is kept until somebody erases it.
        </p>
      )}
      {proposed ? (
        <div className="mb-4 border-l-3 border-medium pl-3">
          <p className="text-base">
            Proposed by <Who who={proposed.proposer} />: {inWords(proposed)}.
          </p>
          <Previewed terms={proposed} />
          <div className="mt-2 flex flex-wrap gap-2">
            <Button
              look="danger"
              why={whyNot(offers, 'agreeRetention')}
              onClick={() => open('agreeRetention', proposed.rule)}
            >
              Agree: put it in force
            </Button>
            <Button
              why={whyNot(offers, 'refuseRetention')}
              onClick={() => open('refuseRetention', proposed.rule)}
            >
              Refuse
            </Button>
          </div>
        </div>
      ) : null}
      <ProposeRule why={whyNot(offers, 'proposeRetention')} />
    </section>
  )
}
