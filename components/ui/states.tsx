'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { refusalOf } from '../api'
import { Button } from './button'
import { cx } from './class'

/** A place kept for what is being fetched, as large as what will stand there. */
export function Bone({ className }: { className?: string }) {
  return <span className={cx('skeleton inline-block h-3.5 align-middle', className)} />
}

/** `page`: the whole page waits, so this stands for its heading too. */
export function Loading({ what, page, children }: { what: string; page?: boolean; children: ReactNode }) {
  const Tag = page ? 'h1' : 'span'
  return (
    <div role="status">
      <Tag className="sr-only">Loading {what}</Tag>
      <div aria-hidden="true">{children}</div>
    </div>
  )
}

/** Nothing here, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mx-auto max-w-lg px-4 py-14 text-center">
      <p className="text-lg font-semibold">{title}</p>
      <div className="mt-1.5 text-base text-ink-2">{children}</div>
    </div>
  )
}

/** `page`: there is nothing else on the page, so this is its heading. */
type FailedProps = { error: unknown; retry?: () => void; what: string; page?: boolean }

/** Asking again gets the same answer. */
const LASTING: readonly string[] = ['forbidden', 'not_found']

/** What happened, what was kept, what to do. */
export function Failed({ error, retry, what, page }: FailedProps) {
  const Tag = page ? 'h1' : 'p'
  const refusal = refusalOf(error)
  return (
    <div
      role="alert"
      className="mx-auto my-10 max-w-lg rounded-md border border-l-4 border-rule-strong border-l-critical bg-sheet px-4 py-3"
    >
      <Tag className="font-semibold">{what} can’t be shown</Tag>
      <p className="mt-0.5 text-ink-2">
        {refusal.sentence} {refusal.remedy}
      </p>
      {LASTING.includes(refusal.code) ? (
        <Link href="/inbox" className="link mt-2.5 inline-block">
          Go to the inbox
        </Link>
      ) : retry ? (
        <Button className="mt-2.5" onClick={retry}>
          Try again
        </Button>
      ) : null}
    </div>
  )
}
