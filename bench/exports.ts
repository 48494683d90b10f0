import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../db/client'
import type { ExportView } from '../lib/act/view/export'
import { fillRecord } from './fill-record'
import type { Installation } from './installation'
import { untilSealed } from './record-figures'

/** An export of everything at one size of the record: by the worker, through the API, as an auditor would ask for it. */
export type ExportFigure = {
  readonly events: number
  readonly seconds: number
  /** Of the zip, and of what was read for it: events and evidence. */
  readonly zipBytes: number
  readonly readBytes: number
  /** The worker's memory before, and its most while it wrote. Bytes. */
  readonly before: number
  readonly most: number
}

/** Fills the record up to each size, and exports all of it. */
export async function exportFigures(
  { url, folders }: Pick<Installation, 'url' | 'folders'>,
  admin: Client,
  cookie: string,
  sizes: readonly number[],
): Promise<ExportFigure[]> {
  const { pid } = JSON.parse(await readFile(join(folders.run, 'worker.json'), 'utf8')) as { pid: number }
  const figures: ExportFigure[] = []
  let filled = 0
  for (const events of sizes) {
    await fillRecord(admin, events - filled, 20, filled)
    filled = events
    await untilSealed(admin)
    await admin.unsafe('vacuum analyze')
    const figure = await one(url, cookie, pid, events)
    process.stderr.write(`${words(figure)}\n`)
    figures.push(figure)
  }
  return figures
}

async function one(url: string, cookie: string, pid: number, events: number): Promise<ExportFigure> {
  const headers = { cookie, origin: url, 'content-type': 'application/json' }
  const before = await memoryOf(pid)
  const begun = performance.now()
  const asked = await fetch(`${url}/api/v1/exports`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ scope: 'everything', purpose: 'To measure' }),
  })
  let view = (await asked.json()) as ExportView
  let most = before
  while (view.status === 'waiting' || view.status === 'writing') {
    await pause(100)
    most = Math.max(most, await memoryOf(pid))
    view = (await (await fetch(`${url}/api/v1/exports/${view.id}`, { headers })).json()) as ExportView
  }
  const seconds = (performance.now() - begun) / 1000
  if (!view.file) throw new Error(`The export was not written: ${view.problem?.sentence ?? view.status}`)
  return { events, seconds, zipBytes: view.file.bytes, readBytes: view.bytes.total, before, most }
}

/** Resident memory of a process, from Linux's /proc; 0 elsewhere. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}

const MB = 1e6

export function words({ events, seconds, zipBytes, readBytes, before, most }: ExportFigure): string {
  const speed = `${(readBytes / MB / seconds).toFixed(1)} MB/s of the record, ${Math.round(events / seconds)} events/s`
  const memory = `worker's memory ${(before / MB).toFixed(0)} MB before, ${(most / MB).toFixed(0)} MB at most`
  return `export of ${events} events: ${seconds.toFixed(1)} s, ${speed}, zip of ${(zipBytes / MB).toFixed(1)} MB, ${memory}`
}
