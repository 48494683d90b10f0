import type { Forms } from '../form/form'
import { after, ORDER, plain, reason } from './form-parts'

/** From stage to stage. */
export const moveForms: Forms = {
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
}
