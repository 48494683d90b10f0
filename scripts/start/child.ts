import { type ChildProcess, spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Log, logOf } from './log'
import { born, end } from './process'

export type Program = {
  readonly name: string
  readonly args: readonly string[]
  readonly cwd: string
  /** All that it is told: nothing is inherited, so that no process holds another one's secrets. */
  readonly env: Readonly<Record<string, string>>
  /** Milliseconds that it may take to finish or hand back its work. */
  readonly patience: number
}

export type Child = {
  readonly name: string
  readonly failures: () => number
  readonly stop: () => Promise<void>
}

const FIRST_PAUSE = 250
const LONGEST_PAUSE = 30_000
/** After this long without an end, earlier ends are forgotten. */
const STEADY = 60_000

/** Keeps a program running: when it ends by itself it is started again, after a pause that grows. */
export function supervise(program: Program, folders: { logs: string; run: string }): Child {
  const log = logOf(folders.logs, program.name)
  const note = join(folders.run, `${program.name}.json`)
  let failures = 0
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let running = begin()

  function begin(): ChildProcess {
    const started = Date.now()
    // A group of its own: Ctrl-C in the terminal is for the launcher, which stops its children in order.
    const child = spawn(process.execPath, program.args, {
      ...{ cwd: program.cwd, env: program.env as NodeJS.ProcessEnv },
      ...{ stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    })
    follow(child, log)
    remember(child, note)
    child.once('exit', (code, signal) => {
      if (stopping) return
      failures = Date.now() - started > STEADY ? 1 : failures + 1
      const pause = Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE)
      log.line(`ended with ${signal ?? `code ${code}`}; starting it again in ${pause} ms`, true)
      timer = setTimeout(() => {
        running = begin()
      }, pause)
    })
    return child
  }

  return {
    name: program.name,
    failures: () => failures,
    async stop() {
      stopping = true
      clearTimeout(timer)
      const known = running.pid ? await born(running.pid) : null
      if (known) await end(known, program.patience)
      await rm(note, { force: true })
      log.close()
    },
  }
}

function follow({ stdout, stderr }: ChildProcess, log: Log): void {
  if (stdout) createInterface({ input: stdout }).on('line', (line) => log.line(line, false))
  if (stderr) createInterface({ input: stderr }).on('line', (line) => log.line(line, true))
}

/** So that the next launcher finds this process if we are killed. */
async function remember({ pid }: ChildProcess, note: string): Promise<void> {
  const known = pid ? await born(pid) : null
  if (known) await writeFile(note, JSON.stringify(known), { mode: 0o600 }).catch(() => undefined)
}
