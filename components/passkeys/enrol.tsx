'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import { post } from '../api'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import { type CreationOptions, makePasskey } from './ceremony'
import { troubleOf } from './trouble'

/** Has the browser make a passkey and puts it on record. `why`: why that can't be done now. */
export function Enrol({ origin, why }: { origin: string; why: string | null }) {
  const id = useId()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const enrol = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || why || !name.trim()) return
    setBusy(true)
    setRefusal(null)
    try {
      const options = await post<CreationOptions>('/api/v1/passkeys/challenge', {})
      await post('/api/v1/passkeys', { name: name.trim(), ...(await makePasskey(options)) })
      toast({ kind: 'done', title: 'Enrolled, and on record' })
      setName('')
      await client.invalidateQueries()
    } catch (error) {
      setRefusal(troubleOf(error, 'enrol', origin))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={enrol} aria-label="Enrol a passkey" className="mt-6">
      <label htmlFor={id} className="mb-1 block font-medium">
        What to call the new one
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id={id}
          type="text"
          value={name}
          maxLength={100}
          autoComplete="off"
          placeholder="Work laptop"
          onChange={(event) => setName(event.target.value)}
          className="field max-w-72"
        />
        <Button
          look="primary"
          type="submit"
          busy={busy}
          why={why ?? (name.trim() ? null : 'Give it a name first.')}
        >
          Enrol a passkey
        </Button>
      </div>
      <p role="status" className="mt-1.5 min-h-5 text-ink-2">
        {busy ? 'Your browser asks you now: a touch, a PIN or a screen lock.' : ''}
      </p>
      {refusal ? <Refused refusal={refusal} /> : null}
    </form>
  )
}
