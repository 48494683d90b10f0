'use client'

import Link from 'next/link'
import type { ComponentProps, ReactNode, Ref } from 'react'
import { cx } from './class'
import { Tip } from './tip'
import { toast } from './toast'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

const base =
  'inline-flex min-h-7 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border px-2.5 text-sm font-medium leading-5 select-none pointer-coarse:min-h-11 pointer-coarse:px-3.5'
const looks: Record<Look, string> = {
  primary: 'border-accent bg-accent text-accent-ink hover:opacity-90',
  plain: 'border-edge bg-sheet text-ink hover:border-ink hover:bg-sunk',
  quiet: 'border-transparent bg-transparent text-ink-2 hover:bg-sunk hover:text-ink',
  danger: 'border-critical bg-sheet text-critical hover:bg-critical-wash',
}
const closed =
  'border-rule-strong bg-transparent text-ink-3 hover:bg-transparent hover:border-rule-strong hover:opacity-100'

type Props = Omit<ComponentProps<'button'>, 'disabled'> & {
  look?: Look
  busy?: boolean
  /** Why it can't be used now, and who can: a button never refuses in silence. */
  why?: string | null | undefined
  hint?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  look = 'plain',
  busy,
  why,
  hint,
  className,
  onClick,
  children,
  type = 'button',
  ...rest
}: Props) {
  const shut = Boolean(why) || busy
  return (
    <Tip text={why || hint}>
      <button
        {...rest}
        type={shut ? 'button' : type}
        aria-disabled={shut || undefined}
        aria-busy={busy || undefined}
        onClick={(event) => {
          if (why) toast({ kind: 'note', title: 'Not now', detail: why })
          if (!shut) onClick?.(event)
        }}
        className={cx(base, looks[look], why && closed, className)}
      >
        {busy ? <Working /> : null}
        {children}
        {why ? <span className="sr-only"> (not now: {why})</span> : null}
      </button>
    </Tip>
  )
}

export function ButtonLink({
  look = 'plain',
  className,
  ...rest
}: ComponentProps<typeof Link> & { look?: Look }) {
  return <Link {...rest} className={cx(base, looks[look], className)} />
}

export function Working() {
  return (
    <svg viewBox="0 0 16 16" className="size-3.5 animate-spin" aria-hidden="true">
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" opacity=".25" />
      <path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  )
}
