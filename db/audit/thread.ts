import { parentPort, workerData } from 'node:worker_threads'
import { connect } from '../client'
import { reader } from '../reading'
import { type Replays, replays } from './replays'
import type { Asked, Told } from './threaded'

/** The program of the thread in which a web process replays cases, with two connections of its own. */
const { url, origin } = workerData as { url: string; origin: string }
const own: Replays = replays({ reader: reader(url, 1), sql: connect(url, 1, 'on-record replay'), origin })

parentPort?.on('message', ({ number, question, org, id, seq }: Asked) => {
  answer(question, org, id, seq).then(
    (value) => tell({ number, value }),
    (error: unknown) => tell({ number, failed: error instanceof Error ? error.message : String(error) }),
  )
})

function answer(question: Asked['question'], org: string, id: string, seq: number): Promise<unknown> {
  switch (question) {
    case 'overview':
      return own.overview(org, id)
    case 'moment':
      return own.moment(org, id, seq)
    case 'judged':
      return own.judged(org, id)
  }
}

function tell(told: Told): void {
  parentPort?.postMessage(told)
}
