'use client'

import { ExternalLink } from 'lucide-react'
import type { CaseFile } from '@/lib/act/view/case'
import { When } from '../ui/when'
import { CorrectionsOf } from './corrections'
import { useCaseDesk } from './desk'
import { canGo, EraseButton, ErasedNote } from './erasures'
import { Message } from './message'
import { Section } from './section'
import { threadsOf } from './threads'
import { TrustMark, trustMeans } from './trust'

type Snapshot = CaseFile['snapshots'][number]

/** What was said: the message and its thread as they were when promoted, and what was answered in the thread since. */
export function Finding({ snapshots }: { snapshots: readonly Snapshot[] }) {
  if (snapshots.length === 0) return null
  return (
    <Section id="finding" title="What was said">
      {threadsOf(snapshots).map(({ first, since }) => (
        <Thread key={first.seq} snapshot={first} since={since} />
      ))}
    </Section>
  )
}

function Thread({ snapshot, since }: { snapshot: Snapshot; since: readonly Snapshot[] }) {
  const { entry, changes, related } = useEntry(snapshot)
  return (
    <article className="mb-4 last:mb-0">
      <header className="mb-1.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-ink-2">
        <span className="font-medium text-ink">
          {snapshot.channel_name
            ? `#${snapshot.channel_name.replace(/^#/, '')}`
            : snapshot.platform === 'other'
              ? 'Pasted'
              : snapshot.platform}
        </span>
        <TrustMark trust={snapshot.trust} />
        {snapshot.completeness === 'complete' ? null : (
          <span className="text-medium">
            {snapshot.completeness === 'partial' ? 'Incomplete' : 'Pointer only'}:{' '}
            {snapshot.completeness_reason}
          </span>
        )}
        {snapshot.permalink ? (
          <a
            href={snapshot.permalink}
            target="_blank"
            rel="noopener noreferrer"
            className="link inline-flex items-center gap-1"
          >
            Open in chat <ExternalLink className="size-3" aria-hidden="true" />
          </a>
        ) : null}
        <span className="ml-auto flex items-center gap-2">
          received <When at={snapshot.received_at} />
          {entry && canGo(entry) ? <EraseButton seqs={related} label="Erase this message" /> : null}
        </span>
      </header>
      {entry?.erasure ? <ErasedNote erasure={entry.erasure} /> : null}
      <CorrectionsOf seq={snapshot.seq} />
      {entry?.erased ? null : (
        <ol className="border-l-2 border-rule-strong">
          {snapshot.messages.map((message, index) => (
            <Message
              key={message.message_id ?? index}
              message={message}
              first={index === 0}
              changes={changes.filter(({ data }) => data.message_id === message.message_id)}
            />
          ))}
        </ol>
      )}
      {since.length ? (
        <>
          <p className="mt-2 mb-1 text-xs font-medium text-ink-2">Answered in the thread since</p>
          <ol className="border-l-2 border-rule-strong border-dashed">
            {since.map((each) => (
              <Reply key={each.seq} snapshot={each} />
            ))}
          </ol>
        </>
      ) : null}
      {snapshot.trust === 'typed' || snapshot.trust === 'reported' ? (
        <p className="mt-1.5 text-xs text-ink-2">{trustMeans(snapshot.trust)}</p>
      ) : null}
      {snapshot.secrets.length ? (
        <p className="mt-2 text-xs text-ink-2">
          Masked before it was stored:{' '}
          {snapshot.secrets.map((secret) => (
            <span key={secret.fingerprint} className="mr-2">
              {secret.label} <span className="numeric text-ink-3">{secret.fingerprint.slice(0, 12)}…</span>
            </span>
          ))}
        </p>
      ) : null}
    </article>
  )
}

function Reply({ snapshot }: { snapshot: Snapshot }) {
  const { entry, changes, related } = useEntry(snapshot)
  if (entry?.erased)
    return <li className="px-3 py-1.5">{entry.erasure ? <ErasedNote erasure={entry.erasure} /> : null}</li>
  return snapshot.messages.map((message) => (
    <Message key={message.message_id} message={message} changes={changes}>
      {entry && canGo(entry) ? <EraseButton seqs={related} label="Erase this reply" /> : null}
    </Message>
  ))
}

/** The record's entry for a snapshot, and for what was written over its messages in chat later: that says the same, or nearly. */
function useEntry({ seq, messages }: Snapshot) {
  const { file } = useCaseDesk()
  const said = messages.map((message) => message.message_id)
  const changes = file.timeline.filter(
    (one) => one.type === 'message.drifted' && !one.erased && said.includes(String(one.data.message_id)),
  )
  return {
    entry: file.timeline.find((one) => one.seq === seq),
    changes,
    related: [seq, ...changes.filter(canGo).map((one) => one.seq)],
  }
}
