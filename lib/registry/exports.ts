import { z } from 'zod'
import { instant, sha256Hex, text } from '../act/text'

/** What an export wider than one case covers. */
const EXPORT_SCOPES = ['cases', 'period', 'everything'] as const
export type ExportScope = (typeof EXPORT_SCOPES)[number]

const exportId = z.string().regex(/^export_[0-9A-Za-z_-]{1,64}$/, 'must be an export’s id')

const about = { export: exportId }

/** Commands about exports. The record says what was asked for and who took it; how far a file is, is no event. */
export const exportCommands = {
  exportRecord: {
    summary: 'Export several cases, a period or everything',
    doors: 'internal',
    input: z
      .strictObject({
        ...about,
        scope: z.enum(EXPORT_SCOPES),
        /** Of a period: the first moment that it has, and the first one that it hasn't. */
        from: instant.nullable().default(null),
        to: instant.nullable().default(null),
        /** Places in the log of the period's first event, and of its last; null when that is still to come. */
        first: z.int().min(0).nullable().default(null),
        last: z.int().min(0).nullable().default(null),
        /** Of a set of cases: what was asked for, in words, and which cases that is. */
        filter: text(1_000).nullable().default(null),
        streams: z.int().min(1).max(1_000_000).nullable().default(null),
        streams_sha256: sha256Hex.nullable().default(null),
        purpose: text(500),
      })
      .refine(
        ({ scope, from, to, first }) =>
          (scope === 'period') === (from !== null && to !== null && first !== null),
        'a period, and nothing else, has a beginning and an end',
      )
      .refine(({ from, to }) => from === null || to === null || from < to, 'the period ends before it begins')
      .refine(
        ({ scope, streams, streams_sha256 }) =>
          (scope === 'cases') === (streams !== null && streams_sha256 !== null),
        'a set of cases, and nothing else, says which cases',
      ),
  },
  cancelExport: { summary: 'Cancel an export', doors: 'internal', input: z.strictObject(about) },
  retryExport: { summary: 'Write an export again', doors: 'internal', input: z.strictObject(about) },
  fetchExport: {
    summary: 'Take away the file of an export',
    doors: 'internal',
    input: z.strictObject({ ...about, sha256: sha256Hex }),
  },
  removeExport: { summary: "Delete an export's file", doors: 'internal', input: z.strictObject(about) },
} as const

export type ExportEvent =
  | {
      type: 'record.exported'
      data: {
        export: string
        scope: ExportScope
        from: string | null
        to: string | null
        first: number | null
        last: number | null
        filter: string | null
        /** How many streams, and SHA-256 of their ids in order, each with a newline: which ones can't be changed later. */
        streams: number | null
        streams_sha256: string | null
        format: 'onrecord-bundle/v1'
        purpose: string
      }
    }
  | { type: 'export.cancelled'; data: { export: string } }
  | { type: 'export.retried'; data: { export: string } }
  | { type: 'export.fetched'; data: { export: string; sha256: string } }
  | { type: 'export.removed'; data: { export: string } }
