'use client'

import { useRouter } from 'next/navigation'
import { post } from '../api'
import { initialValues, inputOf } from '../form/form'
import { FormDialog } from '../form/form-dialog'
import { toast } from '../ui/toast'
import { useDraft } from '../use-draft'
import { registerForm } from './description'

/** A new stream has no address yet, so it isn't a command of one: POST /api/v1/nhis. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const draft = useDraft('register-nhi', initialValues(registerForm))
  const send = async (key: string) => {
    const made = await post<{ id?: string; stream?: string }>(
      '/api/v1/nhis',
      inputOf(registerForm, draft.values),
      { 'Idempotency-Key': key },
    )
    draft.forget()
    toast({ kind: 'done', title: registerForm.done })
    onClose()
    router.push(`/identities/${made.id ?? made.stream ?? ''}`)
  }
  return <FormDialog form={registerForm} draft={draft} send={send} onClose={onClose} />
}
