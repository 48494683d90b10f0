'use client'

import { Tooltip } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { inMain } from './in-main'

/** A hint on hover and focus. Never the only place where something is said that a phone's user needs. */
export function Tip({
  text,
  children,
  side = 'top',
}: {
  text: ReactNode
  children: ReactElement
  side?: 'top' | 'bottom' | 'left' | 'right'
}) {
  if (!text) return children
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal container={inMain()}>
        <Tooltip.Content
          side={side}
          sideOffset={5}
          collisionPadding={8}
          className="z-50 max-w-80 rounded-md border border-rule-strong bg-sheet px-2.5 py-1.5 text-xs text-ink shadow-md"
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
