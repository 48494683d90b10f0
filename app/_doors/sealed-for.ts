import { text as readText } from 'node:stream/consumers'
import { z } from 'zod'
import { caseState, sealedSecretsOf } from '@/db/case-of'
import type { Refusal } from '@/lib/act/refusal'
import type { Asked } from './door'
import { notFound } from './not-found'
import { mayOpen } from './see'

const content = z.object({ executor: z.string(), fingerprint: z.string(), jwe: z.string() })
type Handed = { sealed: { sha256: string; fingerprint: string; jwe: string }[] }

/** Only for an executor that has an action in this case, and only what was sealed to it. */
export async function sealedFor(asked: Asked, id: string): Promise<Handed | Refusal> {
  const { doors, actor } = asked
  const found = await caseState(doors.sql, actor.org, id)
  const own = found?.state.requests.find((request) => request.action.executor === actor.id)
  if (!own) return notFound()
  const refused = mayOpen(asked, own)
  if (refused) return refused
  const names = await sealedSecretsOf(doors.sql, actor.org, id)
  const all = await Promise.all(names.map((sha256) => read(asked, sha256)))
  return {
    sealed: all.flatMap((each) =>
      each?.executor === actor.id
        ? [{ sha256: each.sha256, fingerprint: each.fingerprint, jwe: each.jwe }]
        : [],
    ),
  }
}

async function read({ doors, actor }: Asked, sha256: string) {
  const file = await doors.content.read(actor.org, sha256)
  return file && { sha256, ...content.parse(JSON.parse(await readText(file.stream))) }
}
