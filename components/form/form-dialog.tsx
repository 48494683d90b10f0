'use client'

import { useId } from 'react'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import type { useDraft } from '../use-draft'
import { Fields } from './fields'
import type { Form, Values } from './form'
import { Refused } from './refused'
import { useSubmission } from './use-submission'

type Props = {
  form: Form
  /** What was typed is kept until it is on record. */
  draft: Pick<ReturnType<typeof useDraft<Values>>, 'values' | 'set'>
  send: (key: string) => Promise<void>
  onClose: () => void
}

/** A form in a dialog that makes something new. */
export function FormDialog({ form, draft: { values, set }, send, onClose }: Props) {
  const id = useId()
  const { empty, refusal, busy, submit } = useSubmission(form, values, send)
  return (
    <Dialog title={form.title} onClose={onClose}>
      <form noValidate onSubmit={submit} className="grid gap-4 px-5 pt-3 pb-4">
        {form.intro ? <p className="text-base text-ink-2">{form.intro}</p> : null}
        <Fields {...{ id, form, values, set, empty, refusal }} sending={busy} />
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
