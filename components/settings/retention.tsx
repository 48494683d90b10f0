'use client'

import { type FormEvent, useId, useState } from 'react'
import { CATEGORIES } from '@/lib/case/event'
import { RETAINABLE } from '@/lib/registry/erasure-event'
import { words } from '@/lib/telling/words'
import { refusalOf } from '../api'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { useCommand } from '../use-command'
import { type Terms, usePreview } from './erasure-query'

/** What would go, before anybody agrees to it. */
export function Previewed({ terms }: { terms: Terms }) {
  const { data, isFetching } = usePreview(terms)
  if (!data) return <p className="text-ink-3">{isFetching ? 'Counting …' : 'Say what and after how long.'}</p>
  const { cases, messages, comments, evidence, held } = data
  return (
    <p aria-live="polite" className="text-ink-2">
      Today this would erase <Figure of={messages} one="message" more="messages" />,{' '}
      <Figure of={comments} one="comment" more="comments" /> and{' '}
      <Figure of={evidence} one="piece" more="pieces" /> of evidence in{' '}
      <Figure of={cases} one="closed case" more="closed cases" />
      {held ? `; ${held} more are under a hold and stay` : ''}.
    </p>
  )
}

function Figure({ of, one, more }: { of: number; one: string; more: string }) {
  return (
    <>
      <b className="font-semibold text-ink">{of}</b> {of === 1 ? one : more}
    </>
  )
}

/** A rule is drafted here, with its effect in view. It does nothing until another person has agreed. */
export function ProposeRule({ why }: { why: string | null }) {
  const id = useId()
  const [days, setDays] = useState('365')
  const [what, setWhat] = useState<readonly string[]>(['messages', 'evidence'])
  const [except, setExcept] = useState<readonly string[]>([])
  const send = useCommand('/api/v1/registry')
  const terms = { days: Number(days), what, except }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate({ command: 'proposeRetention', input: terms, done: 'Proposed: an approver has to agree' })
  }
  return (
    <form onSubmit={submit} className="grid gap-4 border-t pt-4">
      <h3 className="font-semibold">Propose a rule</h3>
      <label htmlFor={`${id}-days`} className="block max-w-60">
        <span className="mb-1 block font-medium">Days after a case was closed</span>
        <input
          id={`${id}-days`}
          type="number"
          min={1}
          max={36_500}
          value={days}
          onChange={(event) => setDays(event.target.value)}
          className="field"
        />
      </label>
      <Choices label="What goes" options={RETAINABLE} chosen={what} choose={setWhat} />
      <Choices label="Except in cases of" options={CATEGORIES} chosen={except} choose={setExcept} />
      <Previewed terms={terms} />
      {send.error ? <Refused refusal={refusalOf(send.error)} /> : null}
      <div>
        <Button
          look="primary"
          type="submit"
          busy={send.isPending}
          why={why ?? (what.length ? null : 'Say what goes.')}
        >
          Propose
        </Button>
      </div>
    </form>
  )
}

function Choices({
  label,
  options,
  chosen,
  choose,
}: {
  label: string
  options: readonly string[]
  chosen: readonly string[]
  choose: (chosen: readonly string[]) => void
}) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {options.map((option) => (
          <label key={option} className="inline-flex min-h-6 items-center gap-1.5 pointer-coarse:min-h-11">
            <input
              type="checkbox"
              checked={chosen.includes(option)}
              onChange={(event) =>
                choose(event.target.checked ? [...chosen, option] : chosen.filter((one) => one !== option))
              }
            />
            {words(option)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
