'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { isRefusal, refuse } from '@/lib/act/refusal'
import { Refused, refusalOf, type Told } from '../api'
import { toast } from '../ui/toast'

export type Upload = {
  id: string
  name: string
  sent: number
  bytes: number
  refusal: Told | null
  again: () => void
}

/**
 * Sends files to the evidence store with their progress; one that failed stays, with the way to send it again. `recorded` is called for
 * each that is on record.
 */
export function useUpload(caseId: string) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const client = useQueryClient()
  const change = useCallback(
    (id: string, next: Partial<Upload>) =>
      setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...next } : one))),
    [],
  )
  const drop = useCallback((id: string) => setUploads((all) => all.filter((one) => one.id !== id)), [])
  const add = useCallback(
    (files: Iterable<File>, source: string, recorded?: () => void) => {
      for (const file of files) {
        const id = crypto.randomUUID()
        const start = () => {
          change(id, { refusal: null, sent: 0 })
          send(caseId, file, source, id, (sent) => change(id, { sent })).then(
            () => {
              drop(id)
              recorded?.()
              toast({ kind: 'done', title: `${file.name} is on record` })
              void client.invalidateQueries({ queryKey: ['case', caseId] })
            },
            (refusal: Told) => change(id, { refusal }),
          )
        }
        setUploads((all) => [
          ...all,
          { id, name: file.name, sent: 0, bytes: file.size, refusal: null, again: start },
        ])
        start()
      }
    },
    [caseId, change, client, drop],
  )
  return { uploads, add, drop }
}

/** XMLHttpRequest, because fetch tells nothing while it sends. */
function send(
  caseId: string,
  file: File,
  source: string,
  key: string,
  progress: (sent: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(
      'POST',
      `/api/v1/cases/${caseId}/evidence?${new URLSearchParams({ name: file.name, source })}`,
    )
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream')
    request.setRequestHeader('Idempotency-Key', key)
    request.upload.onprogress = (event) => progress(event.loaded)
    request.onload = () => (request.status < 300 ? resolve() : reject(refusalFrom(request)))
    request.onerror = () =>
      reject(
        refuse('unavailable', 'The server could not be reached.', 'The file is kept here: send it again.'),
      )
    request.send(file)
  })
}

function refusalFrom(request: XMLHttpRequest): Told {
  try {
    const body: unknown = JSON.parse(request.responseText)
    if (isRefusal(body)) return refusalOf(new Refused(body, request.status))
  } catch {
    // Not ours: answered below.
  }
  return refuse(
    'unavailable',
    `The server answered ${request.status}.`,
    'The file is kept here: send it again.',
  )
}
