'use client'

import Link from 'next/link'
import type { AnswersView } from '@/lib/audit/view'
import { actionWords } from '@/lib/telling/action-words'
import { ActionStatusName } from '../case/action-status'
import { Said } from '../case/said'
import { Button } from '../ui/button'
import { Bone, Failed, Loading } from '../ui/states'
import { AnswerPart } from './answer'
import { useAnswers } from './query'
import { Standing } from './standing'
import { Trail } from './trail'

/** Who requested it, who approved it, who executed it, what proves it. */
export function AnswersPage({ caseId, request }: { caseId: string; request: string }) {
  const found = useAnswers(caseId, request)
  if (found.isPending) return <Bones />
  if (!found.data)
    return <Failed error={found.error} what="The four questions" page retry={() => void found.refetch()} />
  return <Answered view={found.data} />
}

function Answered({ view }: { view: AnswersView }) {
  const said = actionWords(view.action)
  const who = new Map(view.who.map((one) => [one.id, one]))
  const entries = new Map(view.events.map((entry) => [entry.seq, entry]))
  return (
    <article className="mx-auto max-w-6xl pt-5 print:max-w-none print:pt-0">
      <header className="double-ruled pb-3">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <p className="text-ink-2">
            <Link href={`/cases/${view.case.id}#action-${view.request}`} className="link">
              <span className="numeric">№ {view.case.number}</span> <Said inline text={view.case.title} />
            </Link>
          </p>
          <p className="flex gap-2 print:hidden">
            <Link href={`/cases/${view.case.id}/replay`} className="link self-center">
              Replay the case
            </Link>
            <Button onClick={() => window.print()}>Print</Button>
          </p>
        </div>
        <h1 className="mt-1 text-xl font-semibold">{said.charAt(0).toUpperCase() + said.slice(1)}</h1>
        <p className="mt-1 flex flex-wrap items-baseline gap-x-5 gap-y-0.5 text-ink-2">
          <ActionStatusName status={view.status} />
          <span>
            risk <b className="font-semibold text-ink">{view.tier}</b>
          </span>
          <span>revision {view.revision}</span>
          <span
            className="font-mono text-base font-semibold tracking-wide text-ink"
            title="Names this exact revision: read it aloud to be sure to speak of the same change."
          >
            {view.short_code}
          </span>
        </p>
      </header>
      <Standing view={view} />
      <div className="grid md:grid-cols-2 md:[&>*:nth-child(even)]:border-l md:[&>*:nth-child(even)]:pl-7 md:[&>*:nth-child(odd)]:pr-7">
        {view.answers.map((answer, index) => (
          <AnswerPart
            key={answer.question}
            number={index + 1}
            answer={answer}
            caseId={view.case.id}
            who={who}
            entries={entries}
          />
        ))}
      </div>
      <Trail view={view} />
    </article>
  )
}

function Bones() {
  return (
    <Loading what="the four questions" page>
      <div className="mx-auto max-w-6xl pt-5">
        <Bone className="w-64" />
        <Bone className="mt-3 block h-7 w-full max-w-md" />
        <div className="mt-8 grid gap-8 md:grid-cols-2">
          {Array.from({ length: 4 }, (_, index) => (
            <div key={index}>
              <Bone className="w-40" />
              <Bone className="mt-3 block h-24 w-full" />
            </div>
          ))}
        </div>
      </div>
    </Loading>
  )
}
