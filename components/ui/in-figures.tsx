import type { ReactNode } from 'react'

/** The table behind a drawing, for whoever wants to read it rather than look. */
export function InFigures({ className, children }: { className: string; children: ReactNode }) {
  return (
    <details className={className}>
      <summary className="inline-block cursor-pointer text-ink-2 underline decoration-rule-strong underline-offset-2 hover:text-ink pointer-coarse:py-2">
        In figures
      </summary>
      {children}
    </details>
  )
}
