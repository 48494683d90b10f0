'use client'

import { cx } from './class'
import { useNow } from './now'
import { local, relative, span, utc } from './span'

/** A time in the reader's zone, or how long ago; UTC on hover. */
export function When({ at, ago, className }: { at: string; ago?: boolean; className?: string }) {
  const now = useNow()
  if (!at) return <span className={className}>–</span>
  const title = ago ? `${local(at, now)} · ${utc(at)}` : utc(at)
  return (
    <time dateTime={at} title={title} className={cx('whitespace-nowrap', className)}>
      {ago ? relative(at, now) : local(at, now)}
    </time>
  )
}

/** How long until it is due, or how late it is. */
export function Due({ at }: { at: string | null }) {
  const now = useNow()
  if (!at) return <span className="text-ink-3">–</span>
  const left = Date.parse(at) - now
  const tone =
    left < 0 ? 'text-critical font-semibold' : left < 3_600_000 ? 'text-high font-medium' : 'text-ink-2'
  return (
    <time
      dateTime={at}
      title={`Due ${local(at, now)} · ${utc(at)}`}
      className={cx('whitespace-nowrap', tone)}
    >
      {left < 0 ? `${span(left)} late` : `in ${span(left)}`}
    </time>
  )
}
