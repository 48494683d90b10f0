'use client'

import { Download, Lock } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from 'react'
import type { EvidenceView } from '@/lib/act/view/case'
import { Button } from '../ui/button'
import { cx } from '../ui/class'
import { size } from '../ui/span'
import { When } from '../ui/when'
import { CorrectionsOf } from './corrections'
import { useCaseDesk, whyNot } from './desk'
import { canGo, EraseButton, ErasedNote } from './erasures'
import { Section } from './section'
import { TrustMark } from './trust'
import { useUpload } from './upload'
import { Uploads } from './uploads'
import { Who } from './who'

/** What proves it: by button, by drop, by paste anywhere on the page. */
export function Evidence() {
  const { file, open } = useCaseDesk()
  const { uploads, add, drop } = useUpload(file.id)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const why = whyNot(file.offers, 'attachEvidence')
  usePaste(why ? null : (files) => add(files, 'pasted on the case’s page'))
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (!why) add(event.dataTransfer.files, 'dropped on the case’s page')
  }
  return (
    <Section
      id="evidence"
      title="Evidence"
      aside={
        <span className="flex gap-1">
          <Button look="quiet" why={why} onClick={() => open('attachEvidence')}>
            Text
          </Button>
          <Button look="quiet" why={why} onClick={() => input.current?.click()}>
            Files
          </Button>
        </span>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is the pointer's way of what the Files button does */}
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={cx(
          '-m-1.5 rounded-md border border-dashed p-1.5',
          over && !why ? 'border-accent bg-accent-wash' : 'border-transparent',
        )}
      >
        <input
          ref={input}
          type="file"
          multiple
          hidden
          onChange={(event) => add(event.target.files ?? [], 'chosen on the case’s page')}
        />
        <ul>
          {file.evidence.map((one) =>
            one.erased ? <Gone key={one.seq} one={one} /> : <Item key={one.seq} one={one} caseId={file.id} />,
          )}
        </ul>
        <Uploads uploads={uploads} drop={drop} />
        <p className="mt-1.5 text-xs text-ink-3">
          Drop or paste files here. Each is hashed as it arrives and never changes.
        </p>
      </div>
    </Section>
  )
}

/** Where a piece of evidence was: that it was there stays on record. */
function Gone({ one }: { one: EvidenceView }) {
  const { file } = useCaseDesk()
  const erasure = file.timeline.find(({ seq }) => seq === one.seq)?.erasure
  return (
    <li className="border-b border-rule py-1.5">
      {erasure ? <ErasedNote erasure={erasure} /> : <span className="text-critical">Erased</span>}
      <p className="flex flex-wrap items-center gap-x-2 pl-2.5 text-xs text-ink-3">
        <span>{one.kind.replaceAll('-', ' ')}</span>
        <Who who={one.collected_by} />
        <When at={one.collected_at} />
      </p>
    </li>
  )
}

function Item({ one, caseId }: { one: EvidenceView; caseId: string }) {
  const { file } = useCaseDesk()
  const entry = file.timeline.find(({ seq }) => seq === one.seq)
  return (
    <li id={`evidence-${one.sha256}`} className="scroll-mt-32 border-b border-rule py-1.5">
      <p className="flex items-center gap-2">
        <TrustMark trust={one.trust} named={false} />
        {one.downloadable ? (
          <a
            href={`/api/v1/cases/${caseId}/evidence/${one.sha256}`}
            download
            className="link inline-flex min-w-0 items-center gap-1.5"
          >
            <span className="truncate">{one.name}</span>
            <Download className="size-3.5 shrink-0" aria-label="download" />
          </a>
        ) : (
          <span
            className="inline-flex min-w-0 items-center gap-1.5"
            title="Sealed: only the executor can open it."
          >
            <span className="truncate">{one.name}</span>
            <Lock
              className="size-3.5 shrink-0 text-ink-3"
              aria-label="sealed: only the executor can open it"
            />
          </span>
        )}
        <span className="ml-auto text-xs whitespace-nowrap text-ink-3">{size(one.bytes)}</span>
      </p>
      <p className="flex flex-wrap items-center gap-x-2 pl-5.5 text-xs text-ink-3">
        <span className="numeric">{one.sha256.slice(0, 12)}</span>
        <span>{one.kind.replaceAll('-', ' ')}</span>
        <Who who={one.collected_by} />
        <When at={one.collected_at} />
        {entry && canGo(entry) ? (
          <span className="ml-auto">
            <EraseButton seqs={[one.seq]} label={`Erase ${one.name}`} />
          </span>
        ) : null}
      </p>
      <CorrectionsOf seq={one.seq} />
    </li>
  )
}

/** Files pasted anywhere on the page, outside a text field. */
function usePaste(take: ((files: File[]) => void) | null) {
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    const onPaste = (event: Event) => {
      const files = [...((event as unknown as ClipboardEvent).clipboardData?.files ?? [])]
      if (files.length && latest.current) {
        event.preventDefault()
        latest.current(files)
      }
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
}
