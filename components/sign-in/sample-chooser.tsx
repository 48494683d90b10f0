'use client'

import { WhoGlyph } from '../case/who'
import type { Visitor } from '../session'
import { Working } from '../ui/button'
import { Empty } from '../ui/states'

type Props = { people: NonNullable<Visitor['people']>; busy: string | null; choose: (id: string) => void }

/** One card for each person of the sample organisation: what they are, and what they would do here. */
export function SampleChooser({ people, busy, choose }: Props) {
  if (!people.length)
    return (
      <Empty title="No one to sign in as">
        The sample organisation has no members yet. Start the server anew: it is filled on the first start.
      </Empty>
    )
  return (
    <>
      <p className="mb-3 text-base text-ink-2">
        This is a local copy with the sample organisation Halden Instruments. Choose whom to be; you can
        change at any time.
      </p>
      <ul className="grid border-t border-rule-strong sm:grid-cols-2 sm:gap-x-6">
        {people.map((person) => (
          <li key={person.id} className="border-b border-rule">
            <button
              type="button"
              onClick={() => choose(person.id)}
              aria-busy={busy === person.id || undefined}
              className="flex h-full min-h-19 w-full items-start gap-3 px-2 py-3 text-left hover:bg-accent-wash"
            >
              <WhoGlyph who={{ ...person, kind: 'human' }} large />
              <span className="min-w-0">
                <span className="flex items-baseline gap-2 text-base">
                  <b className="font-semibold">{person.name}</b>
                  <span className="text-sm text-accent">{person.roles.join(', ')}</span>
                  {busy === person.id ? <Working /> : null}
                </span>
                <span className="block text-ink-2">{person.about}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
