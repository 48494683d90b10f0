import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../../db/client'
import { toHex } from '../../lib/record/bytes'
import { type Checkpoint, parseCheckpoint } from '../../lib/record/checkpoint'
import { parseNote } from '../../lib/record/note'

/** An outsider who keeps every checkpoint that was ever to be seen: published, kept beside the database, or half way there. */
export function observer(admin: Client, org: string, keptFolder: string) {
  const roots = new Map<number, string>()
  const forks: number[] = []
  let watching = true
  let size = 0

  function keep(note: string): void {
    const seen: Checkpoint = parseCheckpoint(parseNote(note).text)
    const root = toHex(seen.root)
    if ((roots.get(seen.size) ?? root) !== root) forks.push(seen.size)
    roots.set(seen.size, root)
  }
  async function look(): Promise<void> {
    const rows = await admin<{ size: number; note: string }[]>`
      select size::int as size, note from checkpoint where org = ${org} and size > ${size} order by size`
    for (const row of rows) keep(row.note)
    size = rows.at(-1)?.size ?? size
    const kept = await readFile(join(keptFolder, `${org}.checkpoint`), 'utf8').catch(() => null)
    if (kept) keep(kept)
  }
  const watch = async () => {
    while (watching) {
      await look()
      await pause(15)
    }
  }
  const watched = watch()
  return {
    look,
    /** Size -> root, of all that was seen. */
    roots: roots as ReadonlyMap<number, string>,
    /** Sizes of which two roots were seen. */
    forks: forks as readonly number[],
    end: async () => {
      watching = false
      await watched
    },
  }
}
