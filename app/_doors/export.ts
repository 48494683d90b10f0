import { openJob } from '@/db/export/job'
import { boundsOf } from '@/db/export/period'
import { dropCases, keepCases } from '@/db/export/streams'
import { casesFitting } from '@/db/queries/cases-fitting'
import { countUnfinished, type ExportRow, readExport } from '@/db/queries/exports'
import type { Receipt } from '@/lib/act/ledger'
import { type Order, perform } from '@/lib/act/perform'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import type { ExportView } from '@/lib/act/view/export'
import { sha256Hex } from '@/lib/record/digest'
import type { Asked } from './door'
import { type ExportOrder, inWords } from './export-order'
import { casesBehind } from './history-cases'
import { withoutSecrets } from './masked'
import { notFound } from './not-found'
import { REGISTRY } from './registry'
import { mayHandle } from './see'

/** So many may wait at once: the next one would be long in coming. */
const MOST = 20

/** Puts an export on record, and with it in the queue. The worker writes the file. */
export async function askExport(
  asked: Asked,
  order: ExportOrder,
  key: string,
): Promise<ExportView | Refusal> {
  const { doors, actor } = asked
  const mayAsk = mayHandle(asked, 'exportRecord')
  if (mayAsk && (await countUnfinished(doors.reader, actor)) >= MOST) return tooMany()
  const command = order.scope === 'case' ? ofCase(order, key) : await ofRecord(asked, order, key, mayAsk)
  if (isRefusal(command)) return command
  const input = await withoutSecrets(doors, command.input)
  const receipt = await perform(doors, actor, { ...command, input })
  if (isRefusal(receipt)) {
    if (order.scope === 'cases' || order.scope === 'history')
      await dropCases(doors.sql, actor.org, exportIdOf(asked, key))
    return receipt
  }
  const id = await openJob(doors.sql, actor.org, command.stream, eventOf(receipt))
  const row = id ? await readExport(doors.reader, actor, id) : null
  return row ? viewOf(asked, row) : notFound()
}

function tooMany(): Refusal {
  return refuse(
    'rate_limited',
    `${MOST} exports are waiting or being written.`,
    'Wait for one of them, or cancel one that nobody needs.',
  )
}

function eventOf({ events }: Receipt): number {
  return events.find(({ type }) => type === 'case.exported' || type === 'record.exported')?.seq ?? -1
}

function ofCase({ case: stream, purpose }: Extract<ExportOrder, { scope: 'case' }>, key: string): Order {
  return { kind: 'case', stream, command: 'exportCase', input: { purpose }, key }
}

type Wide = Exclude<ExportOrder, { scope: 'case' }>

/** Which cases, or where in the log: said on the record, so that nothing can be left out later. */
async function ofRecord(asked: Asked, order: Wide, key: string, mayAsk: boolean): Promise<Order | Refusal> {
  const id = exportIdOf(asked, key)
  const covered = mayAsk ? await covers(asked, order, id) : NOTHING[order.scope]
  if (isRefusal(covered)) return covered
  const { purpose } = order
  const scope = order.scope === 'history' ? 'cases' : order.scope
  const period = order.scope === 'period' ? { from: order.from, to: order.to } : {}
  const filter = order.scope === 'cases' || order.scope === 'history' ? { filter: inWords(order) } : {}
  const input = { export: id, scope, purpose, ...period, ...filter, ...covered }
  return { kind: 'registry', stream: REGISTRY, command: 'exportRecord', input, key }
}

type Covered = { streams: number; streams_sha256: string } | { first: number; last: number | null } | object

/** The same for the same key, so that what was chosen for an export is found again when it is asked for again. */
function exportIdOf({ actor }: Asked, key: string): string {
  return `export_${sha256Hex(`${actor.org}/${actor.id}/${key}`).slice(0, 26)}`
}

/** For those who may not ask: nothing is looked up, and the command's refusal goes on record. */
const NOTHING: Readonly<Record<Wide['scope'], Covered>> = {
  cases: { streams: 1, streams_sha256: '0'.repeat(64) },
  history: { streams: 1, streams_sha256: '0'.repeat(64) },
  period: { first: 0 },
  everything: {},
}

async function covers(asked: Asked, order: Wide, id: string): Promise<Covered | Refusal> {
  const { doors, actor } = asked
  switch (order.scope) {
    case 'everything':
      return {}
    case 'period': {
      const bounds = await boundsOf(doors.sql, actor.org, order.from, order.to)
      return (
        bounds ??
        refuse('invalid', 'Nothing happened in this period.', 'Choose another one.', { field: 'from' })
      )
    }
    case 'cases':
      return named(asked, id, order.cases ?? (await casesFitting(doors.reader, actor, order)))
    case 'history': {
      const found = await casesBehind(asked, order.filter)
      return isRefusal(found) ? found : named(asked, id, found.cases)
    }
  }
}

/** These cases, kept for this export and named by their digest. */
async function named(
  { doors, actor }: Asked,
  id: string,
  cases: readonly string[],
): Promise<Covered | Refusal> {
  if (cases.length === 0)
    return refuse('invalid', 'No case fits.', 'Ask for less, or for other ones.', { field: 'cases' })
  const { streams, sha256 } = await keepCases(doors.sql, actor.org, id, cases)
  return streams === 0 ? notFound() : { streams, streams_sha256: sha256 }
}

/** An export with what this reader may do about it now. */
export function viewOf(asked: Pick<Asked, 'actor' | 'doors'>, row: ExportRow): ExportView {
  const under = row.status === 'waiting' || row.status === 'writing'
  const again = row.status === 'failed' || row.status === 'cancelled' || row.status === 'expired'
  return {
    ...row,
    may: {
      cancel: under && mayHandle(asked, 'cancelExport'),
      retry: again && mayHandle(asked, 'retryExport'),
      fetch: row.status === 'done' && row.file !== null && mayHandle(asked, 'fetchExport'),
      remove: row.status === 'done' && row.file !== null && mayHandle(asked, 'removeExport'),
    },
  }
}
