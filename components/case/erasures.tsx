'use client'

import type { Entry } from '@/lib/act/view/entry'
import { isErasable } from '@/lib/case/erasable'
import { Button } from '../ui/button'
import { When } from '../ui/when'
import { useCaseDesk, whyNot } from './desk'
import { Said } from './said'
import { Section } from './section'
import { Who } from './who'

/** What somebody asked to be erased, until a second person has decided. */
export function Erasures() {
  const { file, open } = useCaseDesk()
  if (!file.erasures.length) return null
  return (
    <Section id="erasures" title="To be erased">
      {file.erasures.map((one) => (
        <article key={one.erasure} className="mb-3 border-l-3 border-critical pl-4">
          <p className="flex flex-wrap gap-x-2.5 text-xs text-ink-2">
            <span>
              asked by <Who who={one.requester} /> <When at={one.asked_at} ago />
            </span>
            <span>
              what goes:{' '}
              {one.seqs.map((seq) => (
                <a key={seq} href={`#event-${seq}`} className="link mr-1.5">
                  entry {seq}
                </a>
              ))}
            </span>
          </p>
          <Said text={one.reason} className="mt-1 text-base" />
          <div className="mt-2 flex gap-2">
            <Button
              look="danger"
              why={whyNot(one.offers, 'agreeErasure')}
              onClick={() => open('agreeErasure', one.erasure)}
            >
              Agree and erase
            </Button>
            <Button
              why={whyNot(one.offers, 'refuseErasure')}
              onClick={() => open('refuseErasure', one.erasure)}
            >
              Refuse
            </Button>
          </div>
        </article>
      ))}
    </Section>
  )
}

/** Opens the dialog for these entries; shown only where there is something that can go. */
export function EraseButton({ seqs, label }: { seqs: readonly number[]; label: string }) {
  const { file, open } = useCaseDesk()
  const waiting = file.erasures.some((one) => one.seqs.some((seq) => seqs.includes(seq)))
  const why = waiting ? 'It waits for a second person to agree.' : whyNot(file.offers, 'requestErasure')
  return (
    <Button look="quiet" why={why} aria-label={label} onClick={() => open('requestErasure', seqs.join('-'))}>
      Erase …
    </Button>
  )
}

/** Whether this entry says something that could be erased. */
export function canGo(entry: Pick<Entry, 'type' | 'data' | 'erased'>): boolean {
  return !entry.erased && isErasable(entry)
}

/** Said plainly where something was: by whom it was erased, and why. `at`: the case's page, from another one. */
export function ErasedNote({ erasure, at = '' }: { erasure: NonNullable<Entry['erasure']>; at?: string }) {
  return (
    <div className="border-l-2 border-critical pl-2 text-ink-2">
      <span className="font-medium text-critical">Erased</span>{' '}
      {erasure.rule ? 'by the retention rule' : null}
      {erasure.rule ? null : (
        <>
          with the agreement of <Who who={erasure.by} />
        </>
      )}
      , <When at={erasure.at} />.{' '}
      <a href={`${at}#event-${erasure.event}`} className="link">
        entry {erasure.event}
      </a>
      <Said text={erasure.reason} className="text-ink-2" />
    </div>
  )
}
