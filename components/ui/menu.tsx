'use client'

import { DropdownMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './class'
import { inMain } from './in-main'

type MenuItem = {
  label: ReactNode
  key: string
  why?: string | null
  danger?: boolean
  shortcut?: string
  onSelect: () => void
}

type Props = {
  trigger: ReactElement
  items: MenuItem[]
  label: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** A menu of things to do. What can't be done now is shown with its reason, not hidden. */
export function Menu({ trigger, items, label, ...state }: Props) {
  return (
    <DropdownMenu.Root modal={false} {...state}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={inMain()}>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="z-40 max-h-[min(70vh,var(--radix-dropdown-menu-content-available-height))] max-w-88 min-w-52 overflow-y-auto rounded-md border border-rule-strong bg-sheet py-1 shadow-xl"
        >
          {items.map((item) => (
            <DropdownMenu.Item
              key={item.key}
              aria-disabled={item.why ? true : undefined}
              onSelect={item.why ? (event) => event.preventDefault() : item.onSelect}
              className={cx(
                'flex items-baseline justify-between gap-6 px-3 py-1 outline-none pointer-coarse:py-2.5',
                item.why ? 'text-ink-3' : 'cursor-pointer data-[highlighted]:bg-accent-wash',
                item.danger && !item.why && 'text-critical',
                'data-[highlighted]:bg-accent-wash',
              )}
            >
              <span>
                {item.label}
                {item.why ? <span className="block text-xs">{item.why}</span> : null}
              </span>
              {item.shortcut ? <Key>{item.shortcut}</Key> : null}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export function Key({ children }: { children: ReactNode }) {
  return <kbd className="numeric rounded border border-rule-strong px-1 text-ink-3">{children}</kbd>
}
