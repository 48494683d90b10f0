import type { ReactNode } from 'react'

/** A part of the page under its own ruled heading. */
export function Section({
  id,
  title,
  aside,
  children,
}: {
  id: string
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-labelledby={`${id}-title`} className="mt-7">
      <div className="mb-2.5 flex items-end justify-between gap-3 border-b border-rule-strong pb-1">
        <h2 id={`${id}-title`} className="text-base font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
