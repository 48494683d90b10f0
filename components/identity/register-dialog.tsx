'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import { post, refusalOf } from '../api'
import { Fields } from '../form/fields'
import { firstEmpty, initialValues, inputOf } from '../form/form'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useDraft } from '../use-draft'
import { registerForm } from './description'

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
        <Fields id={id} form={registerForm} values={values} set={set} empty={empty} refusal={refusal} />
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
