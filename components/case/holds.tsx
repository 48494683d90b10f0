'use client'

import { Lock } from 'lucide-react'
import { Button } from '../ui/button'
import { When } from '../ui/when'
import { useCaseDesk, whyNot } from './desk'
import { Said } from './said'
import { Who } from './who'

/** Said before anything else on the page: nothing here may go. */
export function Holds() {
  const { file, open } = useCaseDesk()
  if (!file.holds.length) return null
  return (
    <ul aria-label="Legal holds" className="mb-3 grid gap-2">
      {file.holds.map((hold) => (
        <li
          key={hold.hold}
          className="flex flex-wrap items-start gap-x-3 gap-y-1.5 border-l-3 border-accent bg-accent-wash px-3 py-2"
        >
          <Lock className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden="true" />
          <div className="min-w-0 flex-1 basis-60">
            <p>
              <b className="font-semibold">
                {hold.scope === 'case' ? 'Legal hold:' : 'Legal hold on the whole organisation:'}
              </b>{' '}
              <span className="text-ink-2">
                nothing in this case can be erased. Placed by <Who who={hold.placed_by} />,{' '}
                <When at={hold.at} />
              </span>
            </p>
            <Said text={hold.reason} className="text-ink-2" />
          </div>
          {hold.scope === 'case' ? (
            <Button why={whyNot(hold.offers, 'liftHold')} onClick={() => open('liftHold', hold.hold)}>
              Lift the hold
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
