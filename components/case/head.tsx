'use client'

import { useState } from 'react'
import { words } from '@/lib/telling/words'
import { ReplayLink } from '../audit/links'
import { Due, When } from '../ui/when'
import { useCaseDesk, whyNot } from './desk'
import { Said } from './said'
import { SeverityName } from './severity'
import { TrustMark } from './trust'
import { Who } from './who'

/** The number, the title, and the facts that one looks for first. */
export function CaseHead() {
  const { file, open } = useCaseDesk()
  return (
    <header className="pt-5 pb-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <CopyLink number={file.number} />
        <h1 className="min-w-0 flex-1 basis-64 text-xl font-semibold">
          <Said inline text={file.title} />
        </h1>
        <ReplayLink caseId={file.id} button />
      </div>
      <dl className="mt-2 flex flex-wrap items-center gap-x-6 gap-y-1 text-ink-2 [&_dt]:sr-only">
        <dt>Severity</dt>
        <dd>
          <button
            type="button"
            className="min-h-6 rounded-sm underline-offset-2 hover:underline"
            onClick={() => open('setSeverity')}
            disabled={whyNot(file.offers, 'setSeverity') !== null}
          >
            <SeverityName severity={file.severity} />
          </button>
        </dd>
        <dt>Category</dt>
        <dd>
          {words(file.category)}
          {file.lane === 'light' ? ', light lane' : ''}
        </dd>
        <dt>With</dt>
        <dd className="flex items-center gap-1.5">
          {file.assignee ? (
            <>
              <Who who={file.assignee} className="font-medium text-ink" />
              {file.accepted ? null : <span className="text-medium">has not accepted yet</span>}
            </>
          ) : (
            <span className="text-ink-3">with nobody yet</span>
          )}
        </dd>
        <dt>Due</dt>
        <dd>
          {file.stage === 'closed' ? null : (
            <>
              {file.due ? 'due ' : 'no due time'}
              {file.due ? <Due at={file.due} /> : null}
            </>
          )}
        </dd>
        <dt>Reported</dt>
        <dd>
          reported by{' '}
          {file.reporter ? (
            <Who who={file.reporter} className="text-ink" />
          ) : (
            <Said inline text={`${file.reporter_name} (not linked to a member)`} />
          )}{' '}
          <When at={file.opened_at} ago />
        </dd>
        <dt>Trust</dt>
        <dd>{file.trust ? <TrustMark trust={file.trust} /> : null}</dd>
        {file.exposed && file.stage !== 'closed' ? (
          <>
            <dt>Exposure</dt>
            <dd className="font-semibold text-critical">a credential is exposed</dd>
          </>
        ) : null}
      </dl>
    </header>
  )
}

function CopyLink({ number }: { number: number }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard?.writeText(`${window.location.origin}${window.location.pathname}`)
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <button
      type="button"
      onClick={copy}
      title="Copy the link to this case"
      aria-label={`Case ${number}: copy its link`}
      className="min-h-6 font-mono text-base text-ink-3 hover:text-ink"
    >
      {copied ? 'copied' : `№ ${number}`}
    </button>
  )
}
