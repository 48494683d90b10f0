'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useMemo, useState } from 'react'
import { type Refusal, refuse } from '@/lib/act/refusal'
import type { ExportView } from '@/lib/act/view'
import { post, Refused as Refusing, refusalOf } from '../api'
import { Fields } from '../form/fields'
import { firstEmpty, initialValues, type Values } from '../form/form'
import { Refused } from '../form/refused'
import { idOfCase } from '../history/case-number'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useDraft } from '../use-draft'
import { exportForm, orderOf } from './form'

type Props = {
  onClose: () => void
  /** The case that it is about, when that is known already. */
  about?: { id: string; number: number } | null
  /** What the page that leads here was showing, e.g. a period. */
  start?: Values
}

/** Asks for an export. It goes on record at once; the list of exports shows how far its file is. */
export function NewExport({ onClose, about = null, start }: Props) {
  const id = useId()
  const router = useRouter()
  const client = useQueryClient()
  const form = useMemo(() => exportForm(about), [about])
  const { values, set, forget } = useDraft(`export/${about?.id ?? 'new'}`, {
    ...initialValues(form),
    ...start,
  })
  const [empty, setEmpty] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing = firstEmpty(form, values)
    setEmpty(missing?.name ?? null)
    if (missing || busy) return
    setBusy(true)
    setRefusal(null)
    try {
      await ask(orderOf(form, values), key)
      forget()
      toast({ kind: 'done', title: form.done })
      await client.invalidateQueries({ queryKey: ['exports'] })
      onClose()
      router.push('/exports')
    } catch (error) {
      setRefusal(refusalOf(error))
      setBusy(false)
    }
  }
  return (
    <Dialog title={form.title} onClose={onClose}>
      <form noValidate onSubmit={submit} className="grid gap-4 px-5 pt-3 pb-4">
        {form.intro ? <p className="text-base text-ink-2">{form.intro}</p> : null}
        <Fields id={id} form={form} values={values} set={set} empty={empty} refusal={refusal} />
        {refusal ? <Refused refusal={refusal} /> : null}
        <div className="flex justify-end gap-2 border-t pt-3">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" busy={busy}>
            {form.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** A case that was named by its number has its id looked up. */
async function ask({ number, ...order }: Record<string, unknown>, key: string): Promise<ExportView> {
  const found = number === undefined ? undefined : await idOfCase(String(number))
  if (found === null)
    throw new Refusing(
      refuse(
        'not_found',
        `There is no case ${String(number)}, or it is not yours to see.`,
        'Check the number.',
        {
          field: 'number',
        },
      ),
      404,
    )
  const input = found === undefined ? order : { ...order, case: found }
  return post<ExportView>('/api/v1/exports', input, { 'Idempotency-Key': key })
}
