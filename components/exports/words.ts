import type { ExportView } from '@/lib/act/view/export'

/** A day of a period: its end is the first moment that isn't in it any more. */
function day(at: string | null, isEnd: boolean): string {
  if (!at) return '…'
  const date = new Date(isEnd ? Date.parse(at) - 1 : at)
  return date.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** What an export covers, as a title. */
export function coverage({ scope, case: about, filter, streams, from, to }: Covered): string {
  switch (scope) {
    case 'case':
      return about ? `№ ${about.number} ${about.title}` : 'One case'
    case 'cases':
      return `${streams ?? 'Some'} ${streams === 1 ? 'case' : 'cases'}${filter ? ` (${filter})` : ''}`
    case 'period': {
      const [first, last] = [day(from, false), day(to, true)]
      return first === last ? `What happened on ${first}` : `What happened from ${first} to ${last}`
    }
    case 'everything':
      return 'The whole record'
  }
}
type Covered = Pick<ExportView, 'scope' | 'case' | 'filter' | 'streams' | 'from' | 'to'>

const STEPS: Readonly<Record<string, string>> = {
  sealing: 'Waiting for the log to seal it',
  choosing: 'Finding what belongs to it',
  'taking up': 'Taking up what was written before',
  events: 'Writing events',
  proofs: 'Writing proofs',
  log: 'Writing the log',
  evidence: 'Writing evidence',
  'readable forms': 'Writing readable forms',
}

/** What is being done now. */
export function stepWords({ status, step }: Pick<ExportView, 'status' | 'step'>): string {
  if (status === 'waiting') return 'Waiting for its turn'
  return (step && STEPS[step]) || 'Being written'
}

/** Why the share went back; null where nothing went wrong. */
export function interruption({ interrupted }: Pick<ExportView, 'interrupted'>): string | null {
  if (interrupted === 0) return null
  return `Taken up again after ${interrupted === 1 ? 'an interruption' : `${interrupted} interruptions`}. The events are the same.`
}

/** 0 to 1; null while it isn't known how much there is. */
export function share({ events }: Pick<ExportView, 'events'>): number | null {
  return events.total > 0 ? Math.min(1, events.done / events.total) : null
}

/** `ab12cd34 ef56…`: enough to compare by eye. */
export function shortDigest(sha256: string): string {
  return `${sha256.slice(0, 8)} ${sha256.slice(8, 16)}…`
}
