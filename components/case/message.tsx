'use client'

import type { ReactNode } from 'react'
import type { Entry } from '@/lib/act/view/entry'
import type { SnapshotMessage } from '@/lib/case/event'
import { cx } from '../ui/class'
import { When } from '../ui/when'
import { Said } from './said'
import { initials } from './who'

const FLAGS: Record<string, string> = {
  bot: 'Posted by an app, whatever name it shows.',
  guest: 'A guest of the workspace.',
  external: 'From another organisation (shared channel).',
  unlinked: 'Not linked to a member here: the name is only what chat shows.',
  deleted: 'The account no longer exists.',
}

type Props = {
  message: SnapshotMessage
  first?: boolean
  /** What was done to it in chat after it was put on record: shown beside it, never instead of it. */
  changes: readonly Entry[]
  children?: ReactNode
}

export function Message({ message, first, changes, children }: Props) {
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
          {children ? <span className="ml-auto">{children}</span> : null}
        </p>
        <Said text={message.text} className="text-base" />
        {changes.map(({ seq, at, data }) => (
          <div key={seq} className="mt-1 border-l-2 border-medium pl-2">
            <p className="text-xs text-ink-2">
              <a href={`#event-${seq}`} className="link">
                {data.change === 'deleted' ? 'deleted in chat' : 'edited in chat'}
              </a>{' '}
              <When at={at} />
            </p>
            {typeof data.text === 'string' ? <Said text={data.text} className="text-ink-2" /> : null}
          </div>
        ))}
      </div>
    </li>
  )
}
