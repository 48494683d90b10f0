'use client'

import { useState } from 'react'
import type { Frame, PersonThen } from '@/lib/audit/view'
import { Who, WhoGlyph } from '../case/who'
import { cx } from '../ui/class'
import { type Could, couldDo, offerOf, type Row, rowsOf } from './could'

/** Who could do what at that moment: the rules, the roles and the policy set of then. */
export function PeopleThen({ frame }: { frame: Frame }) {
  const { people, policy, erased, seq } = frame
  const { open, closed } = rowsOf(frame)
  const [chosen, setChosen] = useState<string | null>(null)
  const person = people.find(({ who }) => who.id === chosen)
  return (
    <section aria-labelledby="people-then" className="mt-5 min-w-0 pb-8">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-rule-strong pb-1">
        <h2 id="people-then" className="small-caps">
          Who could do what
        </h2>
        <Legend />
      </div>
      {policy.known ? (
        <>
          <Matrix people={people} rows={open} chosen={chosen} choose={setChosen} />
          <Lists people={people} rows={open} />
          {person ? <WhyNot person={person} rows={[...open, ...closed]} /> : null}
          <p className="mt-3 text-xs text-ink-3">
            {closed.length
              ? `Open to nobody: ${closed.map(({ label }) => label.toLowerCase()).join(', ')}. `
              : ''}
            Asked with a fresh sign-in, so that it is about rights; by the policy set{' '}
            <span className="numeric">{policy.bundle.slice(7, 15)}</span>, which{' '}
            {erased.includes(seq) ? 'was in force' : 'decided this entry'}.
          </p>
        </>
      ) : (
        <p className="mt-3 border-l-3 border-l-medium pl-3 text-ink-2">
          The policy set that was in force was not kept here, so nobody can say who could do what. Nothing is
          guessed.
        </p>
      )}
    </section>
  )
}

const MARKS: Record<Could, [string, string]> = {
  yes: ['could', 'text-ok'],
  signing: ['could, signing with a passkey', 'text-accent'],
  no: ['could not', 'text-rule-strong'],
}

function Mark({ could }: { could: Could }) {
  const [says, tone] = MARKS[could]
  return (
    <>
      <svg viewBox="0 0 12 12" className={cx('mx-auto size-3', tone)} aria-hidden="true">
        {could === 'no' ? (
          <path d="M3.5 6h5" stroke="currentColor" strokeWidth="1.4" />
        ) : (
          <circle
            cx="6"
            cy="6"
            r={could === 'yes' ? 4.6 : 3.8}
            fill={could === 'yes' ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.8"
          />
        )}
      </svg>
      <span className="sr-only">{says}</span>
    </>
  )
}

function Legend() {
  return (
    <ul aria-hidden="true" className="flex gap-4 text-xs text-ink-2 max-md:hidden">
      {(['yes', 'signing', 'no'] as const).map((could) => (
        <li key={could} className="flex items-center gap-1.5">
          <Mark could={could} />
          {MARKS[could][0]}
        </li>
      ))}
    </ul>
  )
}

type MatrixProps = {
  people: readonly PersonThen[]
  rows: readonly Row[]
  chosen: string | null
  choose: (id: string | null) => void
}

function Matrix({ people, rows, chosen, choose }: MatrixProps) {
  return (
    <div className="overflow-x-auto max-md:hidden">
      <table className="w-full border-collapse">
        <caption className="sr-only">Who could do what right after this entry</caption>
        <thead>
          <tr className="border-b border-rule-strong align-bottom">
            <th scope="col" className="w-48 text-left">
              <span className="sr-only">What</span>
            </th>
            {people.map((person) => (
              <th key={person.who.id} scope="col" className="px-1 pt-2 pb-1.5 font-normal">
                <button
                  type="button"
                  aria-pressed={person.who.id === chosen}
                  onClick={() => choose(person.who.id === chosen ? null : person.who.id)}
                  title={`${person.who.name}: ${person.roles.join(', ')}${person.relations.length ? `; ${person.relations.join(', ')}` : ''}. Press to see why not.`}
                  className={cx(
                    'mx-auto grid justify-items-center gap-0.5 rounded-md px-1 py-0.5 hover:bg-sunk',
                    person.who.id === chosen && 'bg-accent-wash',
                  )}
                >
                  <WhoGlyph who={person.who} large />
                  <span className="max-w-20 truncate text-xs font-medium">
                    {person.who.name.split(' ')[0]}
                  </span>
                  <span className="text-xs text-ink-3">
                    {person.alike.length ? `+${person.alike.length}` : person.roles[0]}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-b border-rule hover:bg-sheet">
              <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap">
                {row.label}
              </th>
              {people.map((person) => {
                const offer = offerOf(person, row)
                return (
                  <td
                    key={person.who.id}
                    title={offer?.reason || undefined}
                    className={cx('text-center', person.who.id === chosen && 'bg-accent-wash')}
                  >
                    <Mark could={couldDo(offer)} />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The same on a phone: person by person. */
function Lists({ people, rows }: Pick<MatrixProps, 'people' | 'rows'>) {
  return (
    <ul className="md:hidden">
      {people.map((person) => {
        const could = rows.filter((row) => couldDo(offerOf(person, row)) !== 'no')
        return (
          <li key={person.who.id} className="border-b border-rule py-2">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <Who who={person.who} className="font-medium" />
              <span className="text-xs text-ink-3">
                {[...person.roles, ...person.relations].join(', ')}
                {person.alike.length ? `, and ${person.alike.length} like them` : ''}
              </span>
            </p>
            <p className={could.length ? 'text-ink-2' : 'text-ink-3'}>
              {could.map(({ label }) => label).join(' · ') || 'nothing'}
            </p>
          </li>
        )
      })}
    </ul>
  )
}

function WhyNot({ person, rows }: { person: PersonThen; rows: readonly Row[] }) {
  const refused = rows.filter((row) => couldDo(offerOf(person, row)) === 'no')
  return (
    <section aria-label={`Why ${person.who.name} could not`} className="mt-4 max-md:hidden">
      <h3 className="font-semibold">
        {person.who.name}
        <span className="ml-2 font-normal text-ink-2">
          {[...person.roles, ...person.relations].join(', ')}
          {person.alike.length ? `; so could ${person.alike.map(({ name }) => name).join(', ')}` : ''}
        </span>
      </h3>
      <dl className="mt-1 grid grid-cols-[12rem_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {refused.map((row) => (
          <div key={row.key} className="contents">
            <dt className="text-ink-2">{row.label}</dt>
            <dd>{offerOf(person, row)?.reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
