'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import { refusalOf, send } from '../api'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { ImportPreview, type Preview } from './import-preview'

const HEAD =
  'name,kind,system,account,environment,privilege,reach,criticality,domain,purpose,owner,backup_owner'

/** A list as CSV: every line is checked and shown before anything is stored. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const file = useRef<HTMLInputElement>(null)
  const [csv, setCsv] = useState('')
  const [preview, setPreview] = useState<Preview | null>(null)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const run = async (mode: 'preview' | 'apply', text: string) => {
    setBusy(true)
    setRefusal(null)
    try {
      const answer = await send<Preview>(`/api/v1/nhis/import?mode=${mode}`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': crypto.randomUUID() },
        body: text,
      })
      setPreview(answer)
      if (mode === 'preview') return
      await client.invalidateQueries({ queryKey: ['nhis'] })
      toast({ kind: 'done', title: `Imported: ${answer.create} new, ${answer.update} changed` })
      onClose()
    } catch (error) {
      setRefusal(refusalOf(error))
    } finally {
      setBusy(false)
    }
  }
  const take = async (chosen: File | undefined) => {
    if (!chosen) return
    const text = await chosen.text()
    setCsv(text)
    await run('preview', text)
  }
  const usable = (preview?.create ?? 0) + (preview?.update ?? 0)
  return (
    <Dialog title="Import identities" onClose={onClose} wide>
      <div className="grid gap-4 px-5 py-4">
        <p className="text-base text-ink-2">
          CSV with a first line of names. Owners by e-mail address.{' '}
          <span className="numeric break-all">{HEAD}</span>
        </p>
        <label className="block">
          <span className="sr-only">CSV</span>
          <textarea
            rows={preview ? 3 : 7}
            value={csv}
            placeholder="Paste it here, or choose a file"
            onChange={(event) => {
              setCsv(event.target.value)
              setPreview(null)
            }}
            className="field numeric"
          />
        </label>
        <input
          ref={file}
          type="file"
          accept=".csv,text/csv"
          hidden
          onChange={(event) => take(event.target.files?.[0])}
        />
        {preview ? <ImportPreview preview={preview} /> : null}
        {refusal ? <Refused refusal={refusal} /> : null}
        <div className="flex flex-wrap justify-end gap-2 border-t pt-3">
          <Button className="mr-auto" onClick={() => file.current?.click()}>
            Choose a file …
          </Button>
          <Button
            look={preview ? 'plain' : 'primary'}
            busy={busy && !preview}
            why={csv.trim() ? null : 'Paste the list, or choose a file.'}
            onClick={() => run('preview', csv)}
          >
            Check it
          </Button>
          {preview ? (
            <Button
              look="primary"
              busy={busy}
              why={usable ? null : 'No line can be imported as it is.'}
              onClick={() => run('apply', csv)}
            >
              Import {usable} {usable === 1 ? 'line' : 'lines'}
            </Button>
          ) : null}
        </div>
      </div>
    </Dialog>
  )
}
