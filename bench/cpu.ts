import { readdirSync, readFileSync } from 'node:fs'

/** proc(5): user and system time in clock ticks, of which Linux counts 100 in a second. */
const MS_PER_TICK = 10

/** Milliseconds of processor time that a process, and all that descend from it, have taken so far; 0 where there is no /proc. */
export function cpuOfTree(pid: number): number {
  const processes = all()
  const own = processes.find((each) => each.pid === pid)
  if (!own) return 0
  const below = (parent: number): number =>
    processes
      .filter((each) => each.parent === parent)
      .reduce((sum, each) => sum + each.ticks + below(each.pid), 0)
  // What children took that have ended is counted with their parent.
  return (own.ticks + own.ended + below(pid)) * MS_PER_TICK
}

type Process = { pid: number; parent: number; ticks: number; ended: number }

function all(): Process[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => read(Number(name)))
  } catch {
    return []
  }
}

function read(pid: number): Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // After the name in parentheses: the state is field 3, the parent 4, utime to cstime 14 to 17.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
    return [{ pid, parent: fields[1] ?? 0, ticks: user + system, ended: endedUser + endedSystem }]
  } catch {
    return []
  }
}
