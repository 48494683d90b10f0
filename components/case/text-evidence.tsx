'use client'

import { useRef } from 'react'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { useDraft } from '../use-draft'
import { useCaseDesk } from './desk'
import { useUpload } from './upload'
import { Uploads } from './uploads'

/** Evidence as text (a log line, an answer, an observation), or files from here. */
export function TextEvidence({ onClose }: { onClose: () => void }) {
  const { file } = useCaseDesk()
  const { values, set, forget } = useDraft(`evidence/${file.id}`, { name: '', source: '', text: '' })
  const { uploads, add, drop } = useUpload(file.id)
  const input = useRef<HTMLInputElement>(null)
  const sending = uploads.some(({ refusal }) => !refusal)
  const ready = values.text.trim() && values.source.trim()
  const attach = () => {
    const name = `${values.name.trim() || 'note'}.txt`.replace(/\.txt\.txt$/, '.txt')
    // What was typed stays until it is on record, whatever becomes of this page.
    add([new File([values.text], name, { type: 'text/plain' })], values.source.trim(), () => {
      forget()
      set({ name: '', source: '', text: '' })
    })
  }
  return (
    <Dialog title="Attach evidence" onClose={onClose}>
      <div className="grid gap-4 px-5 py-4">
        <p className="text-base text-ink-2">
          It is hashed as it arrives and never changes. Secrets in text are masked before they are stored.
        </p>
        <label className="block">
          <span className="mb-1 block font-medium">Text</span>
          <textarea
            rows={6}
            readOnly={sending}
            value={values.text}
            onChange={(event) => set({ text: event.target.value })}
            className="field numeric"
          />
        </label>
        <div className="grid gap-4 sm:grid-cols-2">
          <label className="block">
            <span className="mb-1 block font-medium">Where it comes from</span>
            <input
              value={values.source}
              maxLength={500}
              onChange={(event) => set({ source: event.target.value })}
              placeholder="orders-db, pg_stat_activity"
              className="field"
            />
          </label>
          <label className="block">
            <span className="mb-1 block font-medium">
              Name <span className="font-normal text-ink-3">(optional)</span>
            </span>
            <input
              value={values.name}
              maxLength={200}
              onChange={(event) => set({ name: event.target.value })}
              placeholder="sessions-after"
              className="field"
            />
          </label>
        </div>
        <Uploads uploads={uploads} drop={drop} />
        <input
          ref={input}
          type="file"
          multiple
          hidden
          onChange={(event) => add(event.target.files ?? [], values.source || 'chosen on the case’s page')}
        />
        <div className="flex flex-wrap justify-end gap-2 border-t pt-3">
          <Button className="mr-auto" onClick={() => input.current?.click()}>
            Files …
          </Button>
          <Button look="quiet" onClick={onClose}>
            Done
          </Button>
          <Button
            look="primary"
            busy={sending}
            why={ready ? null : 'It needs the text, and where it comes from.'}
            onClick={attach}
          >
            Attach the text
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
