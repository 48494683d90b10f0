'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { refuse } from '@/lib/act/refusal'
import type { ExportView } from '@/lib/act/view/export'
import { post, Refused } from '../api'
import { type Form, initialValues, type Values } from '../form/form'
import { FormDialog } from '../form/form-dialog'
import { idOfCase } from '../history/case-number'
import { toast } from '../ui/toast'
import { useDraft } from '../use-draft'
import { orderOf } from './form'

type Props = {
  form: Form
  /** Under which what was typed is kept. */
  draft: string
  onClose: () => void
  /** What the page that leads here was showing, e.g. a period. */
  start?: Values | undefined
}

/** Sends an order for an export. It goes on record at once; the list of exports shows how far its file is. */
export function AskExport({ form, draft: name, onClose, start }: Props) {
  const router = useRouter()
  const client = useQueryClient()
  const draft = useDraft(name, { ...initialValues(form), ...start })
  const send = async (key: string) => {
    await ask(orderOf(form, draft.values), key)
    draft.forget()
    toast({ kind: 'done', title: form.done })
    await client.invalidateQueries({ queryKey: ['exports'] })
    onClose()
    router.push('/exports')
  }
  return <FormDialog form={form} draft={draft} send={send} onClose={onClose} />
}

/** A case that was named by its number has its id looked up. */
async function ask({ number, ...order }: Record<string, unknown>, key: string): Promise<ExportView> {
  const found = number === undefined ? undefined : await idOfCase(String(number))
  if (found === null)
    throw new Refused(
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
