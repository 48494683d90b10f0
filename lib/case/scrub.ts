import type { Case } from './case'
import { ERASED, unlabelled, withoutContent, withoutWords } from './erasable'

/**
 * The state without what event `seq` had said. It is the same state that comes of folding the event with what is left of it
 * (`leftOf`): so it doesn't matter when something is erased, and a replay of the record agrees with what is kept.
 * Parts that don't change stay the same objects.
 */
export function scrubbed(state: Case, seq: number): Case {
  const { said } = state
  return {
    ...state,
    erased: [...state.erased, seq],
    reporter_name: seq === 0 ? ERASED : state.reporter_name,
    title: said.title === seq ? ERASED : state.title,
    no_nhi: said.no_nhi === seq ? blank(state.no_nhi) : state.no_nhi,
    summary: said.ending === seq ? blank(state.summary) : state.summary,
    lessons: said.ending === seq ? blank(state.lessons) : state.lessons,
    no_action:
      state.no_action && said.no_action === seq ? { ...state.no_action, reason: ERASED } : state.no_action,
    snapshots: ofEvent(state.snapshots, seq, (each) => ({
      ...withoutWords(each),
      secrets: unlabelled(each.secrets),
    })),
    evidence: ofEvent(state.evidence, seq, withoutContent),
    linked: ofEvent(state.linked, seq, withoutReason),
    exceptions: ofEvent(state.exceptions, seq, withoutReason),
  }
}

function withoutReason<Kept extends { reason: string }>(kept: Kept): Kept {
  return { ...kept, reason: ERASED }
}

function ofEvent<Kept extends { seq: number }>(
  list: Kept[],
  seq: number,
  change: (each: Kept) => Kept,
): Kept[] {
  return list.some((each) => each.seq === seq)
    ? list.map((each) => (each.seq === seq ? change(each) : each))
    : list
}

function blank(text: string | null): string | null {
  return text === null ? null : ERASED
}
