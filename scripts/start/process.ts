import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

/** A process for certain: its id is given to another after its end, its id and time of birth are not. */
export type Born = { readonly pid: number; readonly born: string }

export async function born(pid: number): Promise<Born | null> {
  const when = (await bornFromProc(pid)) ?? (await bornFromPs(pid))
  return when ? { pid, born: when } : null
}

export async function isRunning(known: Born): Promise<boolean> {
  return (await born(known.pid))?.born === known.born
}

/** proc(5): after the name in parentheses come the state (field 3) and, as field 22, the start in clock ticks since boot. */
async function bornFromProc(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields && fields[0] !== 'Z' ? (fields[19] ?? null) : null
}

async function bornFromPs(pid: number): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'stat=,lstart='])
    const [state = '', ...when] = stdout.trim().split(/\s+/)
    return when.length && !state.startsWith('Z') ? when.join(' ') : null
  } catch {
    return null
  }
}

/** Asks a process to end, and insists after a while. */
export async function end(known: Born, patience: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isRunning(known))) return
    kill(known.pid, signal)
    const until = Date.now() + patience
    while (Date.now() < until && (await isRunning(known))) await pause(25)
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // it ended by itself
  }
}
