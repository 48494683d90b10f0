import { utf8 } from '@/lib/record/bytes'
import { commandWords } from '@/lib/telling/sentence'
import type { Cover } from './cover'
import { classOf } from './ocsf-class'
import type { Told } from './told'

/** The version of the Open Cybersecurity Schema Framework that the lines below are of (schema.ocsf.io). */
const OCSF = '1.5.0'
const SEVERITY: Readonly<Record<string, number>> = {
  informational: 1,
  low: 2,
  medium: 3,
  high: 4,
  critical: 5,
}
const ACTOR_TYPE = { human: 1, nhi: 99, system: 3 } as const

/** `ocsf.ndjson`: the same events for a SIEM, one a line. Line ends in what people wrote are escaped, so none can forge a line. */
export async function* ocsf(events: AsyncIterable<Told>, cover: Cover): AsyncGenerator<Uint8Array> {
  for await (const event of events) yield utf8(`${JSON.stringify(ocsfEvent(event, cover))}\n`)
}

export function ocsfEvent(event: Told, { log, organization }: Pick<Cover, 'log' | 'organization'>): object {
  const { stream, seq, index, at, type, who, what, said, actor, policy, about, correlation } = event
  const { class_uid, activity_id, ...rest } = classOf(event)
  return {
    category_uid: Math.floor(class_uid / 1000),
    class_uid,
    activity_id,
    type_uid: class_uid * 100 + activity_id,
    time: Date.parse(at) || 0,
    severity_id: SEVERITY[about?.severity ?? ''] ?? 1,
    message: `${who} ${what}`,
    metadata: {
      version: OCSF,
      uid: `${stream}/${seq}`,
      sequence: index,
      original_time: at,
      log_name: log.origin,
      product: { name: 'On Record', vendor_name: 'On Record' },
      ...(correlation ? { correlation_uid: correlation } : {}),
    },
    actor: {
      user: { uid: actor.id, name: who, type_id: ACTOR_TYPE[actor.kind], org: { name: organization } },
      ...(actor.kind === 'nhi' ? { app_uid: actor.id } : {}),
    },
    ...rest,
    unmapped: {
      type,
      stream,
      via: actor.via,
      said,
      decision: policy.decision,
      rule: policy.rule,
      ...(type === 'entry.corrected' ? { corrects: `${stream}/${event.data.seq}` } : {}),
      ...(event.corrections.length
        ? { corrected_by: event.corrections.map((each) => `${stream}/${each.seq}`) }
        : {}),
      ...(type === 'policy.denied' ? { refused: commandWords(String(event.data.command)) } : {}),
    },
  }
}
