'use client'

import { useState } from 'react'
import type { AnchorKind } from '@/lib/registry/anchor-event'
import { CommandDialog } from '../form/command-dialog'
import { Button } from '../ui/button'
import { When } from '../ui/when'
import { useCommand } from '../use-command'
import { anchorForms, type Change } from './anchor-forms'
import type { Settings, Anchors as View } from './query'
import { useWhy } from './use-why'

const BASE = '/api/v1/registry'
const KINDS: Record<AnchorKind, { title: string; says: string; now: string; what: string }> = {
  timestamp: {
    title: 'Timestamps',
    says: 'A time-stamping authority (RFC 3161) signs that it saw the log’s checkpoint, and when. An auditor checks that with openssl alone.',
    now: 'Get a timestamp now',
    what: 'timestamp',
  },
  chat: {
    title: 'Posts in chat',
    says: 'The whole signed checkpoint, in a channel that many people read: none of them can be made to forget it.',
    now: 'Post it now',
    what: 'post',
  },
}

/** Where the log's head is put out of the operator's reach, and whether that happens. */
export function Anchors({ settings }: { settings: Settings }) {
  const [change, setChange] = useState<Change | null>(null)
  const { anchors } = settings
  if (!anchors) return null
  return (
    <div className="grid gap-7">
      <p className="max-w-3xl text-base">
        Once a day the log’s signed head is put where nobody here can change it. Whoever later compares the
        log with it sees whether history was rewritten. Exports carry these anchors along.
      </p>
      {(Object.keys(KINDS) as AnchorKind[]).map((kind) => (
        <OneKind key={kind} kind={kind} anchors={anchors} change={setChange} />
      ))}
      <Recent anchors={anchors} />
      {change ? (
        <CommandDialog
          key={change}
          base={BASE}
          command="configureAnchors"
          about={change}
          form={anchorForms(anchors)[change]}
          onClose={() => setChange(null)}
        />
      ) : null}
    </div>
  )
}

function OneKind({
  kind,
  anchors,
  change,
}: {
  kind: AnchorKind
  anchors: View
  change: (to: Change) => void
}) {
  const why = useWhy()
  const send = useCommand(BASE)
  const words = KINDS[kind]
  const isOn = anchors.settings[kind] !== null
  const order = () =>
    send.mutate({ command: 'orderAnchor', input: { kind }, done: 'Ordered: it takes a moment' })
  const noChat = kind === 'chat' && !anchors.team && !isOn ? 'Connect a workspace first, in Chat.' : null
  return (
    <section aria-labelledby={`anchor-${kind}`}>
      <h2 id={`anchor-${kind}`} className="mb-1 text-base font-semibold">
        {words.title}
      </h2>
      <p className="mb-2 max-w-3xl text-ink-2">{words.says}</p>
      <Standing kind={kind} anchors={anchors} />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          look="primary"
          busy={send.isPending}
          why={isOn ? why('orderAnchor') : 'Set it up first.'}
          onClick={order}
        >
          {words.now}
        </Button>
        <Button why={noChat ?? why('configureAnchors')} onClick={() => change(kind)}>
          {isOn ? 'Change' : 'Set up'}
        </Button>
        {isOn ? (
          <Button why={why('configureAnchors')} onClick={() => change(`no-${kind}`)}>
            Stop
          </Button>
        ) : null}
      </div>
    </section>
  )
}

/** Where it goes, when it last did, and what went wrong. */
function Standing({ kind, anchors }: { kind: AnchorKind; anchors: View }) {
  const { settings, recent, failures, overdue } = anchors
  const where = kind === 'timestamp' ? settings.timestamp?.url : settings.chat?.channel
  const last = recent.find((anchor) => anchor.kind === kind)
  const failure = failures.find((each) => each.kind === kind)
  if (!where) return <p className="text-ink-3">Not set up.</p>
  return (
    <div className="grid gap-1">
      <p>
        <span className="numeric break-all">{where}</span>
        <span className="text-ink-2">
          , every {settings.every_hours} hours,{' '}
          {last ? (
            <>
              last <When at={last.at} ago />
            </>
          ) : (
            'none yet'
          )}
        </span>
      </p>
      {overdue.includes(kind) ? (
        <p role="alert" className="font-medium text-critical">
          Overdue: no {KINDS[kind].what} for half as long again as it should take. Is the worker running?
        </p>
      ) : null}
      {failure ? (
        <p role="alert" className="text-critical">
          Failed <When at={failure.at} ago />: {failure.sentence}
        </p>
      ) : null}
    </div>
  )
}

function Recent({ anchors: { recent } }: { anchors: View }) {
  if (recent.length === 0) return null
  return (
    <section aria-labelledby="anchors-recent">
      <h2 id="anchors-recent" className="mb-2 text-base font-semibold">
        The last ones
      </h2>
      <ul className="border-t border-rule-strong">
        {recent.map((anchor) => (
          <li
            key={`${anchor.kind}${anchor.at}`}
            className="flex flex-wrap items-baseline gap-x-3 border-b border-rule py-1.5"
          >
            <When at={anchor.at} />
            <span className="text-ink-2">{KINDS[anchor.kind].what} of the log’s head at</span>
            <span className="numeric">{anchor.size}</span>
            {anchor.kind === 'chat' ? (
              <a className="link ml-auto" href={anchor.where} target="_blank" rel="noopener noreferrer">
                the message
              </a>
            ) : (
              <span className="numeric ml-auto break-all text-ink-3">{anchor.where}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
