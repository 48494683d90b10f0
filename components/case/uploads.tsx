'use client'

import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { size } from '../ui/span'
import type { Upload } from './upload'

export function Uploads({ uploads, drop }: { uploads: readonly Upload[]; drop: (id: string) => void }) {
  return (
    <ul aria-live="polite">
      {uploads.map((one) => (
        <li key={one.id} className="py-1.5">
          {one.refusal ? (
            <>
              <p className="mb-1 font-medium">{one.name} is not on record</p>
              <Refused refusal={one.refusal} />
              <p className="mt-1.5 flex gap-2">
                <Button onClick={one.again}>Send it again</Button>
                <Button look="quiet" onClick={() => drop(one.id)}>
                  Leave it
                </Button>
              </p>
            </>
          ) : (
            <label className="block text-xs text-ink-2">
              Sending {one.name}, {size(one.sent)} of {size(one.bytes)}
              <progress
                value={one.sent}
                max={one.bytes || 1}
                className="mt-0.5 block h-1.5 w-full accent-(--accent)"
              />
            </label>
          )}
        </li>
      ))}
    </ul>
  )
}
