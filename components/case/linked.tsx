'use client'

import Link from 'next/link'
import { Button } from '../ui/button'
import { useCaseDesk, whyNot } from './desk'
import { HealthChips } from './health'
import { Said } from './said'
import { Section } from './section'
import { Who } from './who'

/** The non-human identities that the case touches, with who answers for them. */
export function Linked() {
  const { file, open } = useCaseDesk()
  const why = whyNot(file.offers, 'linkNhi')
  return (
    <Section
      id="identities"
      title="Identities"
      aside={
        <Button look="quiet" why={why} onClick={() => open('linkNhi')}>
          Link
        </Button>
      }
    >
      {file.linked.map((one) => (
        <div key={one.id} className="border-b border-rule pb-2 not-first:pt-2 last:border-b-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Link href={`/identities/${one.id}`} className="link font-medium">
              {one.name}
            </Link>
            <span className="text-xs text-ink-2">
              {one.kind.replaceAll('-', ' ')}, {one.environment}, {one.privilege}
            </span>
            <HealthChips health={one.health} disabled={one.disabled} />
            <span className="ml-auto">
              <Button
                look="quiet"
                why={whyNot(file.offers, 'unlinkNhi')}
                onClick={() => open('unlinkNhi', one.id)}
              >
                Unlink
              </Button>
            </span>
          </p>
          <p className="text-xs text-ink-2">
            {one.owner ? (
              <>
                owned by <Who who={one.owner} className="text-ink" />
              </>
            ) : (
              <span className="text-critical">nobody owns it</span>
            )}
          </p>
          <Said text={one.reason} className="text-xs text-ink-3" />
        </div>
      ))}
      {file.no_nhi_reason ? (
        <p>
          None is involved: <Said inline text={file.no_nhi_reason} />
        </p>
      ) : null}
      {!file.linked.length && !file.no_nhi_reason ? (
        <p className="text-ink-2">
          None yet. Link the service account, key, bot or agent that it touches, or record why there is none.
        </p>
      ) : null}
    </Section>
  )
}
