import type { Who } from './who'

export type ExportView = {
  id: string
  scope: 'case' | 'cases' | 'period' | 'everything'
  /** Of an export of one case. */
  case: { id: string; number: number; title: string } | null
  /** Of a set of cases: what was asked for, in words, and how many there are. */
  filter: string | null
  streams: number | null
  /** Of a period: its first moment, and the first one after it. */
  from: string | null
  to: string | null
  purpose: string
  who: Who
  requested_at: string
  status: 'waiting' | 'writing' | 'done' | 'failed' | 'cancelled' | 'expired'
  step: string | null
  /** How often its file was begun and not finished, because its writer was killed or cut off: then another one takes it up. */
  interrupted: number
  /** How far it is: events that are written, and bytes of events and evidence. Totals are 0 until they are known. */
  events: { done: number; total: number }
  bytes: { done: number; total: number }
  /** Null while there is none, and for what the console wrote elsewhere. */
  file: { name: string; bytes: number; sha256: string } | null
  problem: { code: string; sentence: string; remedy: string } | null
  finished_at: string | null
  /** When the file is deleted. */
  expires_at: string | null
  may: { cancel: boolean; retry: boolean; fetch: boolean; remove: boolean }
}

export type ExportPage = { rows: ExportView[]; next: string | null; may: { export: boolean } }
