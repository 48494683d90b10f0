'use client'

import { Button } from '../ui/button'
import { When } from '../ui/when'
import { useCaseDesk, whyNot } from './desk'
import { Said } from './said'
import { Section } from './section'
import { Who } from './who'

/** What is tolerated, why, who owns it, until when. */
export function Exceptions() {
  const { file, open } = useCaseDesk()
  if (!file.exceptions.length) return null
  return (
    <Section id="exceptions" title="Exceptions">
      {file.exceptions.map((one) => (
        <article
          key={one.exception}
          id={`exception-${one.exception}`}
          className="scroll-mt-32 border-l-3 border-medium pl-4"
        >
          <p className="flex flex-wrap gap-x-2.5 text-xs text-ink-2">
            <span className="font-medium text-ink">{one.status}</span>
            <span>
              asked by <Who who={one.requested_by} />
            </span>
            <span>
              owned by <Who who={one.owner} />
            </span>
            <span>
              until <When at={one.until} />
            </span>
          </p>
          <Said text={one.reason} className="mt-1 text-base" />
          {one.status === 'requested' ? (
            <div className="mt-2 flex gap-2">
              <Button
                look="primary"
                why={whyNot(one.offers, 'grantException')}
                onClick={() => open('grantException', one.exception)}
              >
                Grant
              </Button>
              <Button
                why={whyNot(one.offers, 'refuseException')}
                onClick={() => open('refuseException', one.exception)}
              >
                Refuse
              </Button>
            </div>
          ) : null}
        </article>
      ))}
    </Section>
  )
}
