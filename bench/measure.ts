import { type ChildProcess, fork } from 'node:child_process'
import type { Order, Told } from './client'
import { cpuOfTree } from './cpu'
import type { Installation } from './installation'
import type { Sample } from './sample'

/** A line of the table. CPU: milliseconds for each operation, of the web application and of PostgreSQL. */
export type Measured = Sample & {
  readonly name: string
  readonly beside: Beside
  readonly clients: number
  readonly perSecond: number
  readonly cpuApp: number
  readonly cpuDatabase: number
}

/** The two limits, a second, as they were just before. */
export type Beside = { readonly h: number; readonly f: number } | null

export type Meter = {
  readonly measure: (name: string, order: Order, beside?: Beside) => Promise<Measured>
  readonly stop: () => void
}

export function meter(program: string, { pids }: Installation): Meter {
  const client = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const used = () => ({ app: cpuOfTree(pids.web), database: cpuOfTree(pids.postgres) })
  return {
    async measure(name, order, beside = null) {
      let before = used()
      const sample = await ask(client, order, () => {
        before = used()
      })
      const after = used()
      const each = (ms: number) => (sample.operations ? ms / sample.operations : 0)
      return {
        ...sample,
        name,
        beside,
        clients: order.clients,
        perSecond: sample.operations / sample.seconds,
        cpuApp: each(after.app - before.app),
        cpuDatabase: each(after.database - before.database),
      }
    },
    stop: () => client.disconnect(),
  }
}

function ask(client: ChildProcess, order: Order, begun: () => void): Promise<Sample> {
  return new Promise((done, fail) => {
    const ended = () => fail(new Error('The process that sends the requests ended.'))
    const hear = (told: Told) => {
      if ('begun' in told) return begun()
      client.off('message', hear).off('exit', ended)
      if ('sample' in told) done(told.sample)
      else fail(new Error(told.failed))
    }
    client.on('message', hear).once('exit', ended)
    client.send(order)
  })
}
