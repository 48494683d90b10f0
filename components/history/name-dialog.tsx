'use client'

import { useState } from 'react'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'

type Props = {
  title: string
  name: string
  submit: string
  busy: boolean
  onName: (name: string) => void
  onClose: () => void
}

/** Asks for the name of a view. */
export function NameDialog({ title, name, submit, busy, onName, onClose }: Props) {
  const [typed, setTyped] = useState(name)
  const [empty, setEmpty] = useState(false)
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setEmpty(!typed.trim())
          if (typed.trim()) onName(typed.trim())
        }}
        className="grid gap-4 px-5 pt-3 pb-4"
      >
        <label>
          <span className="mb-1 block font-medium">Name</span>
          <input
            type="text"
            value={typed}
            maxLength={80}
            autoComplete="off"
            aria-invalid={empty || undefined}
            onChange={(event) => setTyped(event.target.value)}
            className="field"
          />
          <span className={empty ? 'text-xs text-critical' : 'text-xs text-ink-3'}>
            {empty
              ? 'A view needs a name.'
              : 'Yours alone; its address works for whoever may read the history.'}
          </span>
        </label>
        <div className="flex justify-end gap-2 border-t pt-3">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" busy={busy}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
