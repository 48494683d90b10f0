import type { TimelineRow } from '@/lib/record/csv'
import { howCorrected } from './corrections'
import type { Told } from './told'

/** The columns behind those that the format names. */
export const FURTHER = [
  'case',
  'title',
  'stream',
  'name',
  'kind',
  'owner',
  'via',
  'said',
  'decision',
  'rule',
  'correlation',
  'sha256',
  'corrected',
]

export function timelineRow(event: Told): TimelineRow {
  const { seq, index, at, type, actor, what, about, stream, who, said, policy, correlation, sha256 } = event
  const corrected = event.corrections.map((each) => `${howCorrected(each)}: ${each.text}`).join('\n')
  const further = [
    about?.number ?? '',
    about?.title ?? '',
    stream,
    who,
    actor.kind,
    actor.owner ?? '',
    actor.via,
  ]
  return {
    ...{ seq, index, at, type, actor: actor.id, summary: what },
    more: [...further, said, policy.decision, policy.rule, correlation, sha256, corrected],
  }
}
