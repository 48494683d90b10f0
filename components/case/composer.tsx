'use client'

import { type FormEvent, useRef } from 'react'
import { refusalOf } from '../api'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { useCommand } from '../use-command'
import { useDraft } from '../use-draft'
import { useCaseDesk, whyNot } from './desk'

/** A comment, written where it will stand. */
export function Composer() {
  const { file } = useCaseDesk()
  const base = `/api/v1/cases/${file.id}`
  const { values, set, forget } = useDraft(`${base}/comment`, { text: '' })
  const send = useCommand(base)
  const box = useRef<HTMLTextAreaElement>(null)
  const why = whyNot(file.offers, 'addComment')
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (!values.text.trim() || send.isPending || why) return
    send.mutate(
      { command: 'addComment', input: { text: values.text }, forget },
      {
        onSuccess: () => {
          set({ text: '' })
          forget()
          // The button goes with the words.
          box.current?.focus()
        },
      },
    )
  }
  // Who only reads gets no box to type in; what somebody has begun to type stays theirs.
  if (why && !values.text) return null
  return (
    <form onSubmit={submit} className="mb-4 grid gap-2 print:hidden">
      <textarea
        ref={box}
        aria-label="Comment"
        placeholder="Add a comment to the record"
        readOnly={Boolean(why) || send.isPending}
        rows={values.text ? 4 : 1}
        maxLength={20_000}
        value={values.text}
        onChange={(event) => set({ text: event.target.value })}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit()}
        className="field"
      />
      {send.error ? <Refused refusal={refusalOf(send.error)} /> : null}
      {values.text ? (
        <div className="flex justify-end">
          <Button look="primary" type="submit" busy={send.isPending} why={why}>
            Comment
          </Button>
        </div>
      ) : null}
    </form>
  )
}
