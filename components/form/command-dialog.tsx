'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import { refusalOf } from '../api'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { type Recorded, useCommand } from '../use-command'
import { useDraft } from '../use-draft'
import { Fields, focusOn } from './fields'
import { type Form, firstEmpty, initialValues, inputOf } from './form'
import { Refused } from './refused'

type Props = {
  /** The stream's address at the API, e.g. `/api/v1/cases/case_1`. */
  base: string
  command: string
  form: Form
  /** The stream's version that the reader sees beside the dialog; leave out where an earlier view does no harm. */
  version?: number | undefined
  about?: string | null
  /** Shown above the fields: what has changed since the dialog was opened. */
  news?: ReactNode
  onClose: () => void
  onDone?: (recorded: Recorded) => void
}

/** One command as a form. What was typed is kept until it is on record: through a reload, a conflict, a closed dialog. */
export function CommandDialog({ base, command, form, version, about, news, onClose, onDone }: Props) {
  const id = useId()
  const client = useQueryClient()
  const [open, setOpen] = useState<Record<string, never> | null>({})
  const { values, set, forget } = useDraft(`${base}/${command}/${about ?? ''}`, initialValues(form))
  const [empty, setEmpty] = useState<string | null>(null)
  const send = useCommand(base, version)
  const typed = useRef<HTMLFormElement>(null)
  const refusal: Refusal | null = send.error ? refusalOf(send.error) : null

  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    const missing = firstEmpty(form, values)
    setEmpty(missing?.name ?? null)
    if (missing) focusOn(typed.current, missing.name)
    if (missing || send.isPending) return
    send.mutate(
      { command, input: inputOf(form, values), done: form.done, forget },
      {
        onSuccess: (recorded) => {
          setOpen(null)
          onDone?.(recorded)
          onClose()
          void client.invalidateQueries()
        },
      },
    )
  }
  if (!open) return null
  return (
    <Dialog title={form.title} onClose={onClose}>
      <form
        ref={typed}
        noValidate
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
        }}
        className="grid gap-4 px-5 pt-3 pb-4"
      >
        {form.intro ? <p className="text-base text-ink-2">{form.intro}</p> : null}
        {news}
        <Fields {...{ id, form, values, set, empty, refusal }} sending={send.isPending} />
        {refusal ? <Refused refusal={refusal} /> : null}
        <div className="flex items-center justify-end gap-2 border-t pt-3">
          <span className="mr-auto text-xs text-ink-3 max-sm:hidden">
            Ctrl/⌘ Enter sends. Closing keeps what you typed.
          </span>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look={form.danger ? 'danger' : 'primary'} type="submit" busy={send.isPending}>
            {refusal?.version === undefined ? form.submit : 'Send it now'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
