'use client'

import { type RefObject, useRef } from 'react'
import { useShortcut } from '../keyboard'
import { useMembers, useNhis } from '../names'
import { toast } from '../ui/toast'
import { useTyped } from '../use-typed'
import { idOfCase, useCaseNumber } from './case-number'
import { type Filters, KINDS, OUTCOMES, TYPES } from './query'

type Props = {
  filters: Filters
  set: (changes: Record<string, string | null>) => void
}

export function HistoryFilters({ filters, set }: Props) {
  const members = useMembers().data ?? []
  const nhis = useNhis().data ?? []
  const search = useRef<HTMLInputElement>(null)
  useShortcut('/', 'Search the history', () => search.current?.focus(), 'History')
  return (
    <search className="flex flex-wrap items-end gap-2 py-2.5">
      <Typed label="Words" name="q" value={filters.q} set={set} box={search} wide />
      <CaseBox value={filters.case} set={set} />
      <label>
        <span className="small-caps block">Who</span>
        <select
          value={filters.actor}
          onChange={(event) => set({ actor: event.target.value })}
          className="field max-w-36 text-ellipsis"
        >
          <option value="">Anybody</option>
          <optgroup label="People">
            {members.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </optgroup>
          <optgroup label="Non-human identities">
            {nhis.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <Choice label="About" name="kind" any="Everything" options={KINDS} filters={filters} set={set} />
      <Choice label="What" name="type" any="Everything" options={TYPES} filters={filters} set={set} />
      <Choice label="Outcome" name="outcome" any="Any" options={OUTCOMES} filters={filters} set={set} />
      <label>
        <span className="small-caps block">From</span>
        <input
          type="date"
          value={filters.from}
          max={filters.to}
          onChange={(event) => set({ from: event.target.value })}
          className="field"
        />
      </label>
      <label>
        <span className="small-caps block">To</span>
        <input
          type="date"
          value={filters.to}
          min={filters.from}
          onChange={(event) => set({ to: event.target.value })}
          className="field"
        />
      </label>
    </search>
  )
}

type ChoiceProps = Props & {
  label: string
  name: keyof Filters
  any: string
  options: readonly (readonly [string, string])[]
}

function Choice({ label, name, any, options, filters, set }: ChoiceProps) {
  return (
    <label>
      <span className="small-caps block">{label}</span>
      <select
        value={filters[name]}
        onChange={(event) => set({ [name]: event.target.value })}
        className="field max-w-36 text-ellipsis"
      >
        <option value="">{any}</option>
        {options.map(([value, says]) => (
          <option key={value} value={value}>
            {says}
          </option>
        ))}
      </select>
    </label>
  )
}

/** A case by its number, as people say it; the address keeps its id. */
function CaseBox({ value, set }: { value: string; set: Props['set'] }) {
  const number = useCaseNumber(value)
  const find = async ({ case: typed }: Record<string, string | null>) => {
    if (!typed || typed.startsWith('case_')) return set({ case: typed ?? null })
    const id = await idOfCase(typed)
    if (id) set({ case: id })
    else toast({ kind: 'note', title: `No case ${typed}`, detail: 'Or it is not yours to see.' })
  }
  return <Typed label="Case" name="case" value={number} set={find} placeholder="1042" />
}

type TypedProps = {
  label: string
  name: string
  value: string
  set: Props['set']
  placeholder?: string
  box?: RefObject<HTMLInputElement | null>
  wide?: boolean
}

/** Goes to the address when the typing rests. */
function Typed({ label, name, value, set, placeholder, box, wide }: TypedProps) {
  const [text, setText] = useTyped(value, (typed) => set({ [name]: typed }))
  return (
    <label className={wide ? 'min-w-36 flex-1 basis-40' : 'w-20'}>
      <span className="small-caps block">{label}</span>
      <input
        ref={box}
        type="search"
        value={text}
        placeholder={placeholder}
        onChange={(event) => setText(event.target.value)}
        className="field"
      />
    </label>
  )
}
