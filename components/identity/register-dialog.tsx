'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import { post, refusalOf } from '../api'
import { FieldRow } from '../form/field'
import { firstEmpty, initialValues, inputOf } from '../form/form'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useDraft } from '../use-draft'
import { registerForm } from './forms'

/** A new stream has no address yet, so it isn't a command of one: POST /api/v1/nhis. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const id = useId()
  const router = useRouter()
  const { values, set, forget } = useDraft('register-nhi', initialValues(registerForm))
  const [empty, setEmpty] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing = firstEmpty(registerForm, values)
    setEmpty(missing?.name ?? null)
    if (missing || busy) return
    setBusy(true)
    setRefusal(null)
    try {
      const made = await post<{ id?: string; stream?: string }>(
        '/api/v1/nhis',
        inputOf(registerForm, values),
        { 'Idempotency-Key': key },
      )
      forget()
      toast({ kind: 'done', title: registerForm.done })
      onClose()
      router.push(`/identities/${made.id ?? made.stream ?? ''}`)
    } catch (error) {
      setRefusal(refusalOf(error))
      setBusy(false)
    }
  }
  return (
    <Dialog title={registerForm.title} onClose={onClose}>
      <form noValidate onSubmit={submit} className="grid gap-4 px-5 pt-3 pb-4">
        <p className="text-base text-ink-2">{registerForm.intro}</p>
        {registerForm.fields.map((field) => (
          <FieldRow
            key={field.name}
            id={`${id}-${field.name}`}
            field={field}
            value={values[field.name] ?? ''}
            set={(value) => set({ [field.name]: value })}
            error={
              empty === field.name
                ? 'This is needed.'
                : refusal?.field === field.name
                  ? refusal.sentence
                  : null
            }
          />
        ))}
        {refusal ? <Refused refusal={refusal} /> : null}
        <div className="flex justify-end gap-2 border-t pt-3">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" busy={busy}>
            {registerForm.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
