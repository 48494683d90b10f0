'use client'

import { ExternalLink } from 'lucide-react'
import type { CaseFile } from '@/lib/act/view'
import type { SnapshotMessage } from '@/lib/case/event'
import { cx } from '../ui/class'
import { When } from '../ui/when'
import { useCaseDesk } from './desk'
import { canGo, EraseButton, ErasedNote } from './erasures'
import { Said } from './said'
import { Section } from './section'
import { TrustMark, trustMeans } from './trust'
import { initials } from './who'

type Snapshot = CaseFile['snapshots'][number]

const FLAGS: Record<string, string> = {
  bot: 'Posted by an app, whatever name it shows.',
  guest: 'A guest of the workspace.',
  external: 'From another organisation (shared channel).',
  unlinked: 'Not linked to a member here: the name is only what chat shows.',
  deleted: 'The account no longer exists.',
}

/** What was said: the message and its thread as they were when promoted. */
export function Finding({ snapshots }: { snapshots: readonly Snapshot[] }) {
  if (snapshots.length === 0) return null
  return (
    <Section id="finding" title="What was said">
      {snapshots.map((snapshot, index) => (
        <Thread key={index} snapshot={snapshot} />
      ))}
    </Section>
  )
}

function Thread({ snapshot }: { snapshot: Snapshot }) {
  const { file } = useCaseDesk()
  const entry = file.timeline.find(({ seq }) => seq === snapshot.seq)
  const said = snapshot.messages.map((message) => message.message_id)
  // What was later written over it in chat says the same, or nearly.
  const drifts = file.timeline.filter(
    (one) => one.type === 'message.drifted' && canGo(one) && said.includes(String(one.data.message_id)),
  )
  const related = [snapshot.seq, ...drifts.map(({ seq }) => seq)]
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
      {entry?.erased ? null : (
        <ol className="border-l-2 border-rule-strong">
          {snapshot.messages.map((message, index) => (
            <Message key={message.message_id ?? index} message={message} first={index === 0} />
          ))}
        </ol>
      )}
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

function Message({ message, first }: { message: SnapshotMessage; first: boolean }) {
  return (
    <li className={cx('grid grid-cols-[1.5rem_1fr] gap-x-2.5 px-3 py-1.5', first && 'bg-sheet')}>
      <span
        aria-hidden="true"
        className="mt-0.5 grid size-6 place-items-center rounded-sm border border-rule-strong text-[0.625rem] font-semibold text-ink-2"
      >
        {initials(message.author)}
      </span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2 text-xs">
          <Said inline text={message.author} className="text-sm font-semibold" />
          {message.author_flags.map((flag) => (
            <span
              key={flag}
              title={FLAGS[flag]}
              className={cx(
                'rounded-sm border px-1 font-medium uppercase',
                flag === 'bot' ? 'border-edge text-ink-2' : 'border-medium text-medium',
              )}
            >
              {flag}
            </span>
          ))}
          {message.author_id ? <span className="numeric text-ink-3">{message.author_id}</span> : null}
          {message.said_at ? (
            <When at={message.said_at} className="text-ink-3" />
          ) : (
            <span className="text-ink-3">time not known</span>
          )}
        </p>
        <Said text={message.text} className="text-base" />
      </div>
    </li>
  )
}
