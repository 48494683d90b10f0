import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Action, Outcome } from '../../lib/action/event'
import type { Facts } from '../../lib/connect/connector'

/** A receipt as it is sent. */
export type Receipt = {
  readonly case: string
  readonly request: string
  readonly jti: string
  readonly outcome: Outcome
  readonly summary: string
  readonly started_at: string
  readonly finished_at: string
  readonly result: Facts
}

/** A warrant that we took: before it is redeemed, so that nothing we may have done is ever forgotten. */
export type Taken = {
  readonly jti: string
  readonly case: string
  readonly request: string
  readonly action: Action
  readonly at: string
}
/** `reported` is the last outcome that On Record has accepted; `unknown` waits for a better one. */
export type Entry = {
  readonly taken: Taken
  readonly receipt: Receipt | null
  readonly reported: Outcome | null
}

type Line =
  | { readonly did: 'took'; readonly taken: Taken }
  | { readonly did: 'finished'; readonly jti: string; readonly receipt: Receipt }
  | { readonly did: 'reported'; readonly jti: string; readonly outcome: Outcome }
  | { readonly did: 'closed'; readonly jti: string }

export type Journal = {
  readonly open: () => readonly Entry[]
  /** Each of these is on the disk when it returns. */
  readonly took: (taken: Taken) => Promise<void>
  readonly finished: (receipt: Receipt) => Promise<void>
  readonly reported: (jti: string, outcome: Outcome) => Promise<void>
  readonly closed: (jti: string) => Promise<void>
}

/** An append-only file of mode 0600 that says, after any crash, which warrants still owe a receipt. It holds no secret. */
export async function openJournal(path: string): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const entries = fold(await readFile(path, 'utf8').catch(() => ''))
  await rewrite(path, entries)
  const file = await open(path, 'a', 0o600)
  let last: Promise<void> = Promise.resolve()
  const write = (line: Line) => {
    last = last.then(async () => {
      await file.appendFile(`${JSON.stringify(line)}\n`)
      await file.sync()
      apply(entries, line)
    })
    return last
  }
  return {
    open: () => [...entries.values()],
    took: (taken) => write({ did: 'took', taken }),
    finished: (receipt) => write({ did: 'finished', jti: receipt.jti, receipt }),
    reported: (jti, outcome) => write({ did: 'reported', jti, outcome }),
    closed: (jti) => write({ did: 'closed', jti }),
  }
}

function fold(text: string): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const line of text.split('\n')) {
    const parsed = parse(line)
    if (parsed) apply(entries, parsed)
  }
  return entries
}

/** A line that a crash cut short was never acted on: what follows it comes after its write. */
function parse(line: string): Line | null {
  try {
    return line === '' ? null : (JSON.parse(line) as Line)
  } catch {
    return null
  }
}

function apply(entries: Map<string, Entry>, line: Line): void {
  const jti = line.did === 'took' ? line.taken.jti : line.jti
  const entry = entries.get(jti)
  switch (line.did) {
    case 'took':
      entries.set(jti, { taken: line.taken, receipt: null, reported: null })
      return
    case 'finished':
      if (entry) entries.set(jti, { ...entry, receipt: line.receipt })
      return
    case 'reported':
      if (entry) entries.set(jti, { ...entry, reported: line.outcome })
      return
    case 'closed':
      entries.delete(jti)
      return
  }
}

/** At start the file shrinks to what is still open. */
async function rewrite(path: string, entries: ReadonlyMap<string, Entry>): Promise<void> {
  const lines = [...entries.values()].flatMap(({ taken, receipt, reported }): Line[] => [
    { did: 'took', taken },
    ...(receipt ? [{ did: 'finished', jti: taken.jti, receipt } as const] : []),
    ...(reported ? [{ did: 'reported', jti: taken.jti, outcome: reported } as const] : []),
  ])
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}
