'use client'

import Link from 'next/link'
import { useRef } from 'react'
import type { ApprovalRow } from '@/lib/act/view/action'
import { actionWords } from '@/lib/telling/action-words'
import { ByAi } from '../case/actions'
import { awaitsReview } from '../case/emergency'
import { Said } from '../case/said'
import { SeverityMark } from '../case/severity'
import { Who } from '../case/who'
import { step } from '../inbox/case-table'
import { useShortcut } from '../keyboard'
import { useApprovals } from '../shell/waiting'
import { Bone, Empty, Failed, Loading } from '../ui/states'
import { Due, When } from '../ui/when'
import { ToErase } from './to-erase'

/** What waits for a yes or a no: the reader's own first. */
export function ApprovalQueue() {
  const found = useApprovals()
  const list = useRef<HTMLDivElement>(null)
  useShortcut('j', 'Next request', () => step(list.current, 1), 'Approvals')
  useShortcut('k', 'Previous request', () => step(list.current, -1), 'Approvals')
  const rows = found.data ?? []
  const mine = rows.filter((row) => row.mine)
  const others = rows.filter((row) => !row.mine)
  return (
    <div ref={list} className="mx-auto max-w-4xl">
      <h1 className="ruled pt-4 pb-1.5 text-lg font-semibold">Approvals</h1>
      {found.isPending ? <Bones /> : null}
      {found.isError && !found.data ? (
        <Failed error={found.error} what="The queue" retry={() => void found.refetch()} />
      ) : null}
      {found.isSuccess && !rows.length ? (
        <Empty title="Nothing waits for approval">
          When somebody proposes a change that needs you, it stands here and in your chat. A yes in chat
          counts for nothing.
        </Empty>
      ) : null}
      {mine.length ? <Group title="For you to decide" rows={mine} /> : null}
      {others.length ? <Group title="Waiting for others" rows={others} /> : null}
      <ToErase />
    </div>
  )
}

function Group({ title, rows }: { title: string; rows: readonly ApprovalRow[] }) {
  return (
    <section aria-label={title} className="mt-5">
      <h2 className="small-caps mb-1">{title}</h2>
      <ul className="border-t border-rule-strong">
        {rows.map((row) => (
          <Item key={`${row.action.request}${awaitsReview(row.action)}`} row={row} />
        ))}
      </ul>
    </section>
  )
}

function Item({ row: { action, case: on, reason } }: { row: ApprovalRow }) {
  const said = actionWords(action.action)
  const review = awaitsReview(action)
  return (
    <li className="relative grid grid-cols-[1.5rem_1fr_auto] gap-x-3 border-b border-rule px-1.5 py-2.5 focus-within:bg-accent-wash hover:bg-sheet">
      <span className="pt-0.5">
        <SeverityMark severity={on.severity} />
      </span>
      <div className="min-w-0">
        <Link
          data-step
          href={review ? `/cases/${on.id}#action-${action.request}` : `/approvals/${on.id}/${action.request}`}
          className="text-base font-semibold outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {said.charAt(0).toUpperCase() + said.slice(1)}
        </Link>
        {review ? (
          <b className="ml-2 text-xs font-semibold text-critical">ran without its approvals: review it</b>
        ) : null}
        {action.proposed_by_agent ? (
          <span className="text-xs">
            <ByAi />
          </span>
        ) : null}
        <p className="truncate text-ink-2">
          <span className="numeric">{on.number}</span> <Said inline text={on.title} />
        </p>
        <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-2">
          <span>
            risk <b className="font-semibold text-ink">{action.quorum.tier}</b>
          </span>
          <span>
            asked by <Who who={action.requester} /> <When at={action.requested_at} ago />
          </span>
          <span>{reason}</span>
          {action.late ? (
            <span className="font-medium text-critical">
              half of its time is over
              {action.late.escalated_to.length
                ? `, escalated to ${action.late.escalated_to.map(({ who }) => who.name).join(', ')}`
                : ''}
            </span>
          ) : null}
        </p>
      </div>
      <div className="text-right text-xs">
        <span className="block text-ink-3">{review ? 'review due' : 'ends'}</span>
        <Due at={review ? (action.breakglass?.review_by ?? action.expires_at) : action.expires_at} />
      </div>
    </li>
  )
}

function Bones() {
  return (
    <Loading what="approvals">
      {[0, 1, 2].map((index) => (
        <div key={index} className="mt-5 border-b border-rule pb-3">
          <Bone className="block w-80 max-w-full" />
          <Bone className="mt-2 block w-60" />
          <Bone className="mt-2 block w-44" />
        </div>
      ))}
    </Loading>
  )
}
