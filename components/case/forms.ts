import { DISMISSALS, EXPOSURES, LEVELS, SEVERITIES } from '@/lib/case/event'
import type { Context, Field, Forms, Option } from '../form/form'
import { wallClock } from '../form/form'
import { actionForms } from './forms-action'
import { words } from './stage'

const plain = (names: readonly string[]): Option[] =>
  names.map((name) => ({ value: name, label: words(name) }))
const DAY = 86_400_000
export const reason = (label = 'Why', hint?: string): Field => ({
  kind: 'text',
  name: 'reason',
  label,
  ...(hint ? { hint } : {}),
})

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

/** The dialogs of a case's commands, by command. */
export const caseForms: Forms = {
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
  addComment: () => ({
    title: 'Comment',
    submit: 'Comment',
    done: 'On record',
    fields: [{ kind: 'text', name: 'text', label: 'Comment', max: 20_000, rows: 5 }],
  }),
  retitleCase: ({ file }) => ({
    title: 'Change the title',
    submit: 'Change',
    done: 'Changed',
    fields: [{ kind: 'line', name: 'title', label: 'Title', initial: file?.title ?? '' }],
  }),
  setSeverity: ({ file }) => ({
    title: 'Set the severity',
    intro: 'It decides when the case is due, and who may do what alone.',
    submit: 'Set',
    done: 'Severity set',
    fields: [
      {
        kind: 'choice',
        name: 'severity',
        label: 'Severity',
        options: plain(SEVERITIES),
        initial: file?.severity ?? '',
      },
      { ...reason(), optional: true },
    ],
  }),
  raiseTrust: () => ({
    title: 'Vouch for the message',
    intro:
      'Nothing proves where it came from. Nothing may act on it until somebody who has looked says why it can be believed.',
    submit: 'Vouch for it',
    done: 'Vouched for',
    fields: [reason('How you know that it is genuine')],
  }),
  linkNhi: () => ({
    title: 'Link an identity',
    intro: 'Which service account, key, bot or agent does the finding touch?',
    submit: 'Link',
    done: 'Linked',
    fields: [
      { kind: 'nhi', name: 'nhi', label: 'Identity', hint: 'Not there? Register it under Identities first.' },
      { ...reason('How it is involved') },
    ],
  }),
  unlinkNhi: ({ file, about }) => ({
    title: 'Unlink an identity',
    submit: 'Unlink',
    done: 'Unlinked',
    fields: [
      { kind: 'select', name: 'nhi', label: 'Identity', initial: about ?? '', options: linked(file) },
      reason(),
    ],
  }),
  declareNoNhi: () => ({
    title: 'No non-human identity is involved',
    submit: 'Record',
    done: 'On record',
    fields: [reason('How you know')],
  }),
  requestException: ({ file, me }) => ({
    title: 'Ask to accept the risk',
    intro: 'An exception has an owner and an end. When it ends the question is open again by itself.',
    submit: 'Ask',
    done: 'Asked',
    fields: [
      {
        kind: 'select',
        name: 'nhi',
        label: 'For which identity',
        options: linked(file),
        optional: true,
        initial: file?.linked[0]?.id ?? '',
      },
      reason('Why it can be tolerated'),
      { kind: 'person', name: 'owner', label: 'Who answers for it', initial: me ?? '' },
      {
        kind: 'when',
        name: 'until',
        label: 'Until',
        hint: '180 days at most.',
        initial: wallClock(Date.now() + 30 * DAY),
      },
    ],
  }),
  grantException: ({ about }) => ({
    title: 'Grant the exception',
    intro: 'The risk is accepted until its end.',
    submit: 'Grant',
    done: 'Granted',
    fields: [],
    fixed: { exception: about },
  }),
  refuseException: ({ about }) => ({
    title: 'Refuse the exception',
    submit: 'Refuse',
    danger: true,
    done: 'Refused',
    fields: [reason()],
    fixed: { exception: about },
  }),
  proposeNoAction: () => ({
    title: 'No action is needed',
    intro: 'A second person has to agree before the case moves on.',
    submit: 'Propose',
    done: 'Proposed',
    fields: [reason()],
  }),
  agreeNoAction: () => ({
    title: 'Agree that no action is needed',
    submit: 'Agree',
    done: 'Agreed',
    fields: [],
  }),
  advanceCase: ({ file }) => ({
    title: `Move on to ${after(file?.stage)}`,
    intro: 'Nothing is missing in this stage.',
    submit: 'Move on',
    done: 'Moved on',
    fields: [],
    fixed: { to: after(file?.stage) },
  }),
  returnCase: ({ file }) => ({
    title: 'Go back to an earlier stage',
    submit: 'Go back',
    done: 'Gone back',
    fields: [
      {
        kind: 'choice',
        name: 'to',
        label: 'To',
        options: plain(ORDER.slice(0, Math.max(0, ORDER.indexOf(file?.stage ?? '')))),
      },
      reason(),
    ],
  }),
  closeCase: () => ({
    title: 'Close the case',
    intro: 'What somebody reads who was not there.',
    submit: 'Close the case',
    done: 'Closed',
    fields: [
      {
        kind: 'choice',
        name: 'disposition',
        label: 'How it ended',
        options: plain(['remediated', 'risk-accepted', 'no-action-needed']),
      },
      { kind: 'text', name: 'summary', label: 'What happened, and what was done', rows: 5, max: 10_000 },
      { kind: 'text', name: 'lessons', label: 'What we learned', rows: 3, max: 10_000, optional: true },
    ],
  }),
  reopenCase: () => ({
    title: 'Reopen the case',
    submit: 'Reopen',
    done: 'Reopened',
    fields: [{ kind: 'choice', name: 'to', label: 'To', options: plain(['identify', 'act']) }, reason()],
  }),
  ...actionForms,
}

const ORDER = ['identify', 'confirm', 'assign', 'act', 'verify']
export const after = (stage: string | undefined) => ORDER[ORDER.indexOf(stage ?? '') + 1] ?? 'closed'

function linked(file: Context['file']): Option[] {
  return (file?.linked ?? []).map((one) => ({ value: one.id, label: one.name }))
}
