import { exportFiles } from '@/db/export/files'
import { type JobStatus, moveJob } from '@/db/export/job'
import { readExport } from '@/db/queries/exports'
import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import type { ExportView } from '@/lib/act/view/export'
import { keyOf } from './act'
import type { Asked } from './door'
import { viewOf } from './export'
import { notFound } from './not-found'
import { REGISTRY } from './registry'
import { mayHandle } from './see'

type Act = {
  readonly command: 'cancelExport' | 'retryExport' | 'removeExport'
  readonly from: readonly JobStatus[]
  readonly to: 'cancelled' | 'waiting' | 'expired'
  /** What an export has to be for this, when it is something else. */
  readonly otherwise: string
}

export const ACTS = {
  cancel: {
    command: 'cancelExport',
    from: ['waiting', 'writing'],
    to: 'cancelled',
    otherwise: 'Only an export that is waiting or being written can be cancelled.',
  },
  retry: {
    command: 'retryExport',
    from: ['failed', 'cancelled', 'expired'],
    to: 'waiting',
    otherwise: 'This export is being written, or its file is there.',
  },
  remove: { command: 'removeExport', from: ['done'], to: 'expired', otherwise: 'This export has no file.' },
} as const satisfies Record<string, Act>

/** Cancels, repeats or clears away an export. Who did is on the record; so is who tried and wasn't allowed to. */
export async function actOnExport(asked: Asked, act: Act): Promise<ExportView | Refusal> {
  const { request, params, doors, actor } = asked
  const { command, from, to, otherwise } = act
  const key = keyOf(request)
  if (isRefusal(key)) return key
  const id = params.id ?? ''
  const before = await readExport(doors.reader, actor, id)
  if (!before) return notFound()
  const isDue = from.some((status) => status === before.status)
  const order = { kind: 'registry', stream: REGISTRY, command, input: { export: id }, key } as const
  if (!isDue && mayHandle(asked, command)) return refuse('stale', otherwise, 'Look at the list again.')
  const receipt = await perform(doors, actor, order)
  if (isRefusal(receipt)) return receipt
  const moved = await moveJob(doors.sql, actor.org, id, from, to)
  if (moved && to === 'expired') await exportFiles(doors.settings.data).remove(actor.org, id)
  const after = await readExport(doors.reader, actor, id)
  return after ? viewOf(asked, after) : notFound()
}
