'use client'

import { type FormEvent, useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import { refusalOf } from '../api'
import { focusOn } from './fields'
import { type Form, firstEmpty, type Values } from './form'

/**
 * Sends a form that isn't a command of an existing stream. `send` gets the Idempotency-Key, one for as long as the form stands:
 * whatever is sent again is not done again.
 */
export function useSubmission(form: Form, values: Values, send: (key: string) => Promise<void>) {
  const [empty, setEmpty] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const missing = firstEmpty(form, values)
    setEmpty(missing?.name ?? null)
    if (missing) focusOn(event.currentTarget, missing.name)
    if (missing || busy) return
    setBusy(true)
    setRefusal(null)
    try {
      await send(key)
    } catch (error) {
      setRefusal(refusalOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { empty, refusal, busy, submit }
}
