'use client'

import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react'
import { focusNear, whereabouts } from '../kept-focus'
import { cx } from './class'

type Props = { title: string; onClose: () => void; children: ReactNode; wide?: boolean; bare?: boolean }

/** Where the focus goes: to what one came to fill in, else to what one came to do. */
const FIRST =
  'textarea:not([readonly]), select, input:not([hidden]):not([type="radio"]), input[type="radio"], button[type="submit"]'

/** A modal dialog on the browser's own <dialog>: it keeps the focus, makes the rest inert, and gives the focus back. */
export function Dialog({ title, onClose, children, wide, bare }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useLayoutEffect(() => {
    const dialog = ref.current
    const opener = whereabouts()
    dialog?.showModal()
    dialog?.querySelector<HTMLElement>(FIRST)?.focus()
    return () => {
      dialog?.close()
      // What opened it may be gone with what was done.
      setTimeout(() => focusNear(opener))
    }
  }, [])
  return (
    <dialog
      ref={ref}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        close.current()
      }}
      className={cx(
        'm-auto mt-[8vh] max-h-[86vh] w-[calc(100vw-1.5rem)] overflow-y-auto overscroll-contain rounded-lg border border-rule-strong bg-paper text-ink shadow-2xl max-sm:mt-auto max-sm:mb-2',
        wide ? 'max-w-3xl' : 'max-w-xl',
      )}
    >
      <h2
        id={id}
        className={
          bare ? 'sr-only' : 'ruled mx-5 flex items-center justify-between pt-4 pb-2 text-lg font-semibold'
        }
      >
        {title}
        {bare ? null : (
          <button
            type="button"
            onClick={onClose}
            aria-label="Close"
            className="size-8 rounded text-ink-3 hover:bg-sunk hover:text-ink pointer-coarse:size-11"
          >
            ×
          </button>
        )}
      </h2>
      {children}
    </dialog>
  )
}
