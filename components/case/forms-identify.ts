import { SEVERITIES } from '@/lib/case/event'
import type { Forms } from '../form/form'
import { linked, plain, reason } from './form-parts'

/** What was found, and what it touches. */
export const identifyForms: Forms = {
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
  addComment: () => ({
    title: 'Comment',
    submit: 'Comment',
    done: 'On record',
    fields: [{ kind: 'text', name: 'text', label: 'Comment', max: 20_000, rows: 5 }],
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
}
