'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { post, Refused } from './api'
import { toast } from './ui/toast'

export type Sent = {
  command: string
  input: Record<string, unknown>
  /** What the toast says when it is done. */
  done?: string
  /** Forgets what was typed once it is on record, though the dialog that sent it was closed meanwhile. */
  forget?: () => void
}
export type Recorded = { stream: string; version: number; events: { seq: number; type: string }[] }

/**
 * The one mutation of the desk: posts a command to the public API. The same input sent again (after a timeout, a double
 * click) carries the same Idempotency-Key, so that it happens once.
 * `base` is the stream's address, `version` the version the reader has seen.
 */
export function useCommand(base: string, version?: number) {
  const client = useQueryClient()
  const attempt = useRef({ body: '', key: '' })
  return useMutation<Recorded, Error, Sent>({
    mutationFn: ({ command, input }) => {
      const body = JSON.stringify([base, command, input])
      if (attempt.current.body !== body) attempt.current = { body, key: crypto.randomUUID() }
      return post<Recorded>(`${base}/${slug(command)}`, input, {
        'Idempotency-Key': attempt.current.key,
        ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
      })
    },
    onSuccess: async (_, { done, forget }) => {
      forget?.()
      attempt.current = { body: '', key: '' }
      if (done) toast({ kind: 'done', title: done })
      await client.invalidateQueries()
    },
    onError: async (error) => {
      // A reader who is behind sees the present state beside what they typed.
      if (error instanceof Refused && (error.refusal.code === 'conflict' || error.refusal.code === 'stale')) {
        attempt.current = { body: '', key: '' }
        await client.invalidateQueries()
      }
    },
  })
}

/** confirmCase -> confirm-case, as in the API's addresses. */
export function slug(command: string): string {
  return command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
