import type { Logger } from 'pino'
import type { Performing } from '../../db/deps'
import { type Order, perform } from '../../lib/act/perform'
import { isRefusal } from '../../lib/act/refusal'
import { systemActor } from '../system'
import type { WorkerSettings } from './worker'

/** What a task has at hand. */
export type Work = WorkerSettings & { readonly deps: Performing; readonly log: Logger }

/** A refusal that another attempt may not meet. */
const PASSING = ['conflict', 'unavailable', 'rate_limited', 'not_sealed']

/** A command couldn't be taken yet: the queue tries again later. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain'
}

/** Reports through the one way in, as On Record's worker. What is on record already, or no longer due, is done. */
export async function report({ deps, log }: Work, org: string, order: Order): Promise<void> {
  const outcome = await perform(deps, systemActor('sys_worker', org), order)
  if (!isRefusal(outcome)) return
  if (PASSING.includes(outcome.code)) throw new TryAgain(outcome.code)
  log.info({ command: order.command, stream: order.stream, code: outcome.code }, 'nothing to do')
}
