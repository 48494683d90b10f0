import type { ReactNode } from 'react'

export function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="mt-6">
      <h2 className="mb-2 border-b border-rule-strong pb-1 text-base font-semibold">
        {title} {note ? <span className="text-sm font-normal text-ink-3">{note}</span> : null}
      </h2>
      {children}
    </section>
  )
}
