import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import { outstandingWarrants } from '../../db/machines'
import { report, type Work } from './work'

const org = z.string().min(1)
const expireAction = z.object({ org, case: z.string(), request: z.string() })
const expireException = z.object({ org, case: z.string(), exception: z.string() })
const stopExecutor = z.object({ org, nhi: z.string() })
const rotated = z.object({ org, case: z.string(), nhi: z.string(), on: z.string() })

/** What follows from events without anybody outside: time that runs out, and what one stream tells another. */
export function ruleTasks(work: Work): TaskList {
  return {
    'expire-action': async (payload) => {
      const { org, case: stream, request } = expireAction.parse(payload)
      await report(work, org, {
        kind: 'case',
        stream,
        command: 'expireAction',
        input: { request },
        key: `expire:${request}`,
      })
    },
    'expire-exception': async (payload) => {
      const { org, case: stream, exception } = expireException.parse(payload)
      await report(work, org, {
        kind: 'case',
        stream,
        command: 'expireException',
        input: { exception },
        key: `expire:${exception}`,
      })
    },
    'expire-break-glass': async (payload) => {
      const { org, case: stream, request } = expireAction.parse(payload)
      await report(work, org, {
        kind: 'case',
        stream,
        command: 'expireBreakGlass',
        input: { request },
        key: `expire-break-glass:${request}`,
      })
    },
    'stop-executor': async (payload) => {
      const { org, nhi } = stopExecutor.parse(payload)
      for (const { case: stream, request, jti } of await outstandingWarrants(work.deps.sql, org, nhi))
        await report(work, org, {
          kind: 'case',
          stream,
          command: 'revokeWarrant',
          input: { request, jti, reason: 'Its executor was stopped.' },
          key: `revoke:${jti}`,
        })
    },
    rotated: async (payload) => {
      const { org, case: caseId, nhi, on } = rotated.parse(payload)
      const order = {
        kind: 'nhi',
        stream: nhi,
        command: 'recordRotation',
        input: { on, case: caseId },
      } as const
      await report(work, org, { ...order, key: `rotated:${caseId}:${on}`, correlation: caseId })
    },
  }
}
