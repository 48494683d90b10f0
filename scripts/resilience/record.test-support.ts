import { dirname } from 'node:path'
import { expect } from 'vitest'
import type { Client } from '../../db/client'
import { logSeed } from '../../db/keys/log-key'
import { LOG_KEY } from '../../db/keys/make'
import { tileReader } from '../../db/log/tiles'
import { rebuild } from '../../db/rebuild'
import { SAMPLE_ORG } from '../../db/seed/people'
import { toHex } from '../../lib/record/bytes'
import { parseCheckpoint } from '../../lib/record/checkpoint'
import { checkNote, noteSigner, parseNote } from '../../lib/record/note'
import { treeRootAsync } from '../../lib/record/tile-proof'
import { foldersIn } from '../start/folders'
import { openRings } from '../start/key-rings'
import { until } from './until.test-support'

/** Everything that is committed is covered by a signed checkpoint. */
export function untilSealed(admin: Client): Promise<void> {
  return until(async () => {
    const [row] = await admin<{ sealed: boolean }[]>`
      select not exists (select 1 from pending) and (select size from log_head where org = ${SAMPLE_ORG})
        = (select max(size) from checkpoint where org = ${SAMPLE_ORG}) as sealed`
    return row?.sealed === true
  })
}

/** Chains, read tables, the log's order, every checkpoint's signature and root. */
export async function expectSoundRecord(admin: Client, sequencerFolder: string): Promise<void> {
  const rebuilt = await rebuild(admin, { org: SAMPLE_ORG, repair: false })
  expect(rebuilt.differences).toEqual([])
  const [log] = await admin<{ entries: number; last: number; events: number }[]>`
    select count(*)::int as entries, max(idx)::int as last, (select count(*)::int from event where org = ${SAMPLE_ORG}) as events
    from log_entry where org = ${SAMPLE_ORG}`
  expect(log).toEqual({ entries: log?.events, last: (log?.events ?? 0) - 1, events: log?.events })
  const { sequencer } = await openRings(foldersIn(dirname(sequencerFolder)), {})
  const [, seed] = logSeed(sequencer.held(LOG_KEY)[0]?.text ?? '')
  const [organisation] = await admin<
    { origin: string }[]
  >`select origin from organisation where org = ${SAMPLE_ORG}`
  const signer = noteSigner(organisation?.origin ?? '', seed)
  const notes = await admin<
    { note: string }[]
  >`select note from checkpoint where org = ${SAMPLE_ORG} order by size`
  for (const { note } of notes) {
    expect(checkNote(signer, parseNote(note))).toBe('signed')
    const { size, root } = parseCheckpoint(parseNote(note).text)
    expect(toHex(await treeRootAsync(tileReader(admin, SAMPLE_ORG), size))).toBe(toHex(root))
  }
}

/** How often each of these comments is on record. */
export async function timesOnRecord(admin: Client, keys: readonly string[]): Promise<Map<string, number>> {
  const rows = await admin<{ text: string; times: number }[]>`
    select convert_from(body, 'UTF8')::jsonb -> 'data' ->> 'text' as text, count(*)::int as times from event
    where org = ${SAMPLE_ORG} and convert_from(body, 'UTF8')::jsonb -> 'data' ->> 'text' like 'note %' group by 1`
  const times = new Map(rows.map((row) => [row.text.slice('note '.length), row.times]))
  return new Map(keys.map((key) => [key, times.get(key) ?? 0]))
}
