'use client'

import { type FormEvent, useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import { reach, refusalOf } from '../api'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useDraft } from '../use-draft'
import { useCaseDesk } from './desk'

/** The case as a bundle that anybody can check offline. The export is itself on record. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { file } = useCaseDesk()
  const { values, set, forget } = useDraft(`export/${file.id}`, { purpose: '' })
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!values.purpose.trim() || busy) return
    setBusy(true)
    setRefusal(null)
    try {
      await download(file.id, file.number, values.purpose)
      forget()
      toast({
        kind: 'done',
        title: 'Exported',
        detail: 'Check it where On Record isn’t running: on /verify, or with verify.mjs.',
      })
      onClose()
    } catch (error) {
      setRefusal(refusalOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title="Export the case" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 px-5 py-4">
        <p className="text-base text-ink-2">
          A ZIP with every event, its proofs, the evidence and the keys. Who holds it can check it without us.
          The export is recorded.
        </p>
        <label className="block">
          <span className="mb-1 block font-medium">What it is for</span>
          <input
            value={values.purpose}
            maxLength={500}
            onChange={(event) => set({ purpose: event.target.value })}
            placeholder="Audit of the second quarter"
            className="field"
          />
        </label>
        {refusal ? <Refused refusal={refusal} /> : null}
        <div className="flex justify-end gap-2 border-t pt-3">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="primary"
            type="submit"
            busy={busy}
            why={values.purpose.trim() ? null : 'Say what it is for: that goes on record with it.'}
          >
            Export
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

async function download(id: string, number: number, purpose: string) {
  const response = await reach(`/api/v1/cases/${id}/export`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify({ purpose }),
  })
  const url = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href: url, download: `case-${number}.zip` })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
