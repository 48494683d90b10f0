'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { post } from '../api'
import { Fields } from '../form/fields'
import { type Field, type Form, inputOf, type Values } from '../form/form'
import { Refused } from '../form/refused'
import { useSubmission } from '../form/use-submission'
import { Button, ButtonLink } from '../ui/button'
import { useDraft } from '../use-draft'
import { Done, type Made } from './done'

type Props = {
  address: string
  /** What was typed is kept under this name: a message that is brought here another time doesn't find an earlier one in its place. */
  draft?: string
  fields: readonly Field[]
  initial: Values
  fixed?: Record<string, unknown>
  children?: ReactNode
}

/** Makes a case of what was said. Nothing that was typed is lost before it is on record. */
export function PromotionForm({ address, draft = address, fields, initial, fixed, children }: Props) {
  const id = useId()
  const client = useQueryClient()
  const form: Form = { title: '', submit: '', done: '', fields, ...(fixed ? { fixed } : {}) }
  const { values, set, forget } = useDraft<Values>(draft, initial)
  const [made, setMade] = useState<Made | null>(null)
  const { empty, refusal, busy, submit } = useSubmission(form, values, async (key) => {
    setMade(await post<Made>(address, stated(inputOf(form, values)), { 'Idempotency-Key': key }))
    forget()
    await client.invalidateQueries()
  })
  if (made) return <Done made={made} />
  return (
    // The server sends it already filled in. As a dialog's form it goes nowhere by itself: whoever presses before the page's scripts have come
    // would else find what they typed in the address.
    <form noValidate method="dialog" onSubmit={submit} className="grid gap-4">
      {children}
      <Fields {...{ id, form, values, set, empty, refusal }} sending={busy} />
      {refusal ? <Refused refusal={refusal} /> : null}
      {refusal?.existing ? (
        <p>
          <ButtonLink href={`/cases/${refusal.existing}`}>Open the case that has it</ButtonLink>
        </p>
      ) : null}
      <div className="flex items-center gap-3 border-t pt-3">
        <Button look="primary" type="submit" busy={busy}>
          Make it a case
        </Button>
        <span className="text-xs text-ink-3">Nothing is approved or changed by this.</span>
      </div>
    </form>
  )
}

/** The API takes what is left out as unknown. */
function stated(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null))
}
