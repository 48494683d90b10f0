'use client'

import { useState } from 'react'
import type { ExportView } from '@/lib/act/view/export'
import { size } from '../ui/span'
import { When } from '../ui/when'
import { interruption, share, shortDigest, stepWords } from './words'

/** How far it is, or what became of it. */
export function State({ row }: { row: ExportView }) {
  switch (row.status) {
    case 'waiting':
    case 'writing':
      return <Progress row={row} />
    case 'done':
      return row.file ? <File file={row.file} expires={row.expires_at} /> : <Elsewhere />
    case 'failed':
      return (
        <div>
          <p className="font-medium text-critical">Failed</p>
          <p className="text-ink-2">
            {row.problem?.sentence} {row.problem?.remedy}
          </p>
        </div>
      )
    case 'cancelled':
      return <p className="text-ink-2">Cancelled: nothing of it was kept.</p>
    case 'expired':
      return (
        <p className="text-ink-2">Its file was deleted. It can be written again, with the same events.</p>
      )
  }
}

function Progress({ row }: { row: ExportView }) {
  const done = share(row)
  const percent = done === null ? null : Math.floor(done * 100)
  const { events, bytes } = row
  const again = interruption(row)
  return (
    <div>
      <p className="flex justify-between gap-2">
        <span>{stepWords(row)}</span>
        {percent === null ? null : <span className="numeric leading-5.5">{percent} %</span>}
      </p>
      <div
        role="progressbar"
        aria-label={`Export ${row.id.slice(-6)}: ${stepWords(row)}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        className="my-1 h-1.5 overflow-hidden rounded-sm bg-rule"
      >
        <div
          className="h-full bg-accent transition-[width] duration-500"
          style={{ width: `${percent ?? 0}%` }}
        />
      </div>
      {percent === null ? null : (
        <p className="text-xs text-ink-3">
          {events.done.toLocaleString()} of {events.total.toLocaleString()} events, {size(bytes.done)} of{' '}
          {size(bytes.total)}
        </p>
      )}
      {again ? <p className="text-xs text-medium">{again}</p> : null}
    </div>
  )
}

function File({ file, expires }: { file: NonNullable<ExportView['file']>; expires: string | null }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard?.writeText(file.sha256)
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <div>
      <p>
        <span className="break-all">{file.name}</span>, {size(file.bytes)}
      </p>
      <p className="text-xs text-ink-3">
        SHA-256{' '}
        <button
          type="button"
          onClick={copy}
          title={`${file.sha256}: copy`}
          aria-label={`SHA-256 ${file.sha256}: copy`}
          className="numeric min-h-6 text-ink-2 underline-offset-2 hover:underline"
        >
          {copied ? 'copied' : shortDigest(file.sha256)}
        </button>
        {expires ? (
          <>
            , deleted <When at={expires} ago />
          </>
        ) : null}
      </p>
    </div>
  )
}

function Elsewhere() {
  return <p className="text-ink-2">Written at the console, to a place of its own.</p>
}
