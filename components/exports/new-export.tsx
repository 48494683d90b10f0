'use client'

import { useMemo } from 'react'
import type { Values } from '../form/form'
import { AskExport } from './ask-export'
import { exportForm } from './form'

type Props = {
  onClose: () => void
  /** The case that it is about, when that is known already. */
  about?: { id: string; number: number } | null
  /** What the page that leads here was showing, e.g. a period. */
  start?: Values | undefined
}

/** Asks for an export of one case, of those that fit, of a period, or of everything. */
export function NewExport({ onClose, about = null, start }: Props) {
  const form = useMemo(() => exportForm(about), [about])
  const draft = `export/${about?.id ?? (start ? `${start.from}/${start.to}` : 'new')}`
  return <AskExport form={form} draft={draft} onClose={onClose} start={start} />
}
