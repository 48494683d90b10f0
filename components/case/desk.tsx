'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { CaseFile } from '@/lib/act/view/case'
import type { Offer } from '@/lib/act/view/who'

export type CaseDesk = {
  file: CaseFile
  /** Opens a command's dialog; `about` says which request, exception or identity. */
  open: (command: string, about?: string) => void
}

const Desk = createContext<CaseDesk | null>(null)

export function CaseDeskProvider({ value, children }: { value: CaseDesk; children: ReactNode }) {
  return <Desk value={value}>{children}</Desk>
}

export function useCaseDesk(): CaseDesk {
  const desk = useContext(Desk)
  if (!desk) throw new Error('This stands only on a case’s page.')
  return desk
}

/**
 * Why a command can't be used, or null when it can: the server's own words. A command of which the server says nothing
 * stays open; it answers when it is sent.
 */
export function whyNot(offers: readonly Offer[], command: string): string | null {
  const offer = offers.find((one) => one.command === command)
  return offer && !offer.open ? offer.reason || 'This can’t be done now.' : null
}
