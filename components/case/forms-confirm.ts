import { DISMISSALS, EXPOSURES, LEVELS } from '@/lib/case/event'
import { words } from '@/lib/telling/words'
import type { Forms } from '../form/form'
import { plain, reason } from './form-parts'

const DISMISSED: Record<(typeof DISMISSALS)[number], string> = {
  'false-positive': 'It did not happen.',
  benign: 'It happened, and is fine.',
  duplicate: 'Another case has it.',
  informational: 'True, and nothing follows from it.',
}
const EXPOSED: Record<(typeof EXPOSURES)[number], string> = {
  none: 'Nobody can reach it.',
  internal: 'Our own people can.',
  public: 'Anybody can.',
  'in-use-by-attacker': 'There are signs of use.',
  unknown: 'Not known yet; treated like public.',
}

/** Whether it is real, and who takes it. */
export const confirmForms: Forms = {
  confirmCase: () => ({
    title: 'Confirm that it is real',
    intro: 'Say it with context taken now: what the message did not know.',
    submit: 'Confirm',
    done: 'Confirmed',
    fields: [
      {
        kind: 'choice',
        name: 'criticality',
        label: 'How critical is what it touches?',
        options: plain(LEVELS),
      },
      { kind: 'choice', name: 'privilege', label: 'How much may the identity do?', options: plain(LEVELS) },
      {
        kind: 'choice',
        name: 'exposure',
        label: 'How exposed is it now?',
        options: EXPOSURES.map((one) => ({ value: one, label: words(one), hint: EXPOSED[one] })),
      },
      { kind: 'text', name: 'note', label: 'What you looked at, and what you saw', max: 4_000 },
    ],
  }),
  dismissCase: () => ({
    title: 'Dismiss the finding',
    intro: 'This closes the case. It stays on record, and can be reopened.',
    submit: 'Dismiss and close',
    danger: true,
    done: 'Dismissed',
    fields: [
      {
        kind: 'choice',
        name: 'disposition',
        label: 'What it is',
        options: DISMISSALS.map((one) => ({ value: one, label: words(one), hint: DISMISSED[one] })),
      },
      {
        kind: 'line',
        name: 'duplicate_of',
        label: 'The other case',
        hint: 'Its id, as in its address: case_…',
        mono: true,
        show: (values) => values.disposition === 'duplicate',
      },
      reason('How you know'),
    ],
  }),
  assignCase: () => ({
    title: 'Ask somebody to take the case',
    intro: 'They become accountable once they accept. The owners of the linked identities are told.',
    submit: 'Ask',
    done: 'Asked',
    fields: [
      { kind: 'person', name: 'assignee', label: 'Who' },
      { kind: 'line', name: 'team', label: 'Team', optional: true, max: 100 },
      {
        kind: 'when',
        name: 'due',
        label: 'Due',
        hint: 'Left empty, the severity’s own time holds.',
        optional: true,
      },
    ],
  }),
  acceptAssignment: ({ file }) => ({
    title: 'Accept the case',
    intro: `You become the one person accountable for “${file?.title ?? 'this case'}” until it is closed or given on.`,
    submit: 'Accept',
    done: 'Accepted: it is yours',
    fields: [],
  }),
  declineAssignment: () => ({
    title: 'Decline the case',
    intro: 'It goes back to the queue.',
    submit: 'Decline',
    done: 'Declined',
    fields: [reason()],
  }),
}
