'use client'

import Link from 'next/link'
import type { CaseFile } from '@/lib/act/view/case'
import { words } from '@/lib/telling/words'
import { Commands } from './commands'
import { useCaseDesk } from './desk'
import { after } from './form-parts'
import { MissingItem } from './missing'
import { Said } from './said'

/** What happens next, before anything else on the page. */
export function Next() {
  const { file } = useCaseDesk()
  const gate = file.gates.find((one) => one.stage === file.stage)
  const missing = gate?.missing ?? []
  return (
    <section
      id="next"
      aria-labelledby="next-title"
      className="mt-5 scroll-mt-32 border border-rule-strong bg-sheet px-4 py-3.5 sm:px-5"
    >
      <h2 id="next-title" className="small-caps mb-2">
        What happens next
      </h2>
      {file.stage === 'closed' ? <Closed file={file} /> : null}
      {missing.length ? (
        <ul className="grid gap-2">
          {missing.map((item) => (
            <MissingItem key={item.name + item.sentence} item={item} />
          ))}
        </ul>
      ) : null}
      {file.stage !== 'closed' && !missing.length ? (
        <p className="text-base">Nothing is missing: the case can move on to {after(file.stage)}.</p>
      ) : null}
      <Commands />
    </section>
  )
}

function Closed({ file }: { file: CaseFile }) {
  return (
    <div className="max-w-prose text-base">
      <p className="font-medium">Closed: {words(file.disposition ?? 'closed')}.</p>
      {file.summary ? <Said text={file.summary} className="mt-1" /> : null}
      {file.lessons ? (
        <>
          <p className="small-caps mt-2">What we learned</p>
          <Said text={file.lessons} />
        </>
      ) : null}
      <p className="mt-2 text-sm text-ink-2">
        It stays readable.{' '}
        <Link className="link" href={`/history?case=${file.id}`}>
          Its history
        </Link>{' '}
        can be exported and checked without us.
      </p>
    </div>
  )
}
