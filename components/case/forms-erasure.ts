import type { Context, Forms } from '../form/form'
import { reason } from './form-parts'

const FOR_EVER = 'It cannot be brought back.'

/** What leaves the record for good, and what keeps it there. */
export const erasureForms: Forms = {
  requestErasure: ({ about, file }) => {
    const seqs = (about ?? '').split('-').map(Number)
    return {
      title: 'Erase what was said',
      intro: `What goes, if an approver agrees: ${named(seqs, file)}. Its text leaves the case, the search, the lists, later exports and the disk. ${FOR_EVER} What stays: that it was there, when, by whom, its digest, and your reason, for ever: so don’t repeat in it what is to go.`,
      submit: 'Ask for it to be erased',
      danger: true,
      done: 'It waits for a second person',
      fields: [reason('Why it must go')],
      fixed: { seqs },
    }
  },
  agreeErasure: ({ about, file }) => {
    const seqs = file?.erasures.find((one) => one.erasure === about)?.seqs ?? []
    return {
      title: 'Agree, and erase it now',
      intro: `What goes: ${named(seqs, file)}. ${FOR_EVER} Files that are exported already, and backups, keep it.`,
      submit: 'Erase it',
      danger: true,
      done: 'Erased',
      fields: [],
      fixed: { erasure: about },
    }
  },
  refuseErasure: ({ about }) => ({
    title: 'Refuse the erasure, or take it back',
    submit: 'Refuse',
    done: 'Nothing was erased',
    fields: [reason()],
    fixed: { erasure: about },
  }),
  placeHold: () => ({
    title: 'Place a legal hold',
    intro:
      'While it stands nothing in this case can be erased, by anybody or by a rule. Somebody else than you has to lift it.',
    submit: 'Place the hold',
    done: 'Held',
    fields: [reason('Why everything must be kept')],
  }),
  liftHold: ({ about }) => ({
    title: 'Lift the legal hold',
    intro: 'What was kept by it can be erased again, and a retention rule may do so within a day.',
    submit: 'Lift it',
    danger: true,
    done: 'Lifted',
    fields: [reason('Why nothing has to be kept any more')],
    fixed: { hold: about },
  }),
}

const WHAT: Readonly<Record<string, string>> = {
  'finding.promoted': 'the message and the title',
  'message.added': 'the message',
  'message.drifted': 'the edited message',
  'comment.added': 'the comment',
  'entry.corrected': 'the correction',
  'evidence.attached': 'the evidence, with its file',
}

function named(seqs: readonly number[], file: Context['file']): string {
  const entries = seqs.map((seq) => {
    const type = file?.timeline.find((entry) => entry.seq === seq)?.type ?? ''
    return `${WHAT[type] ?? 'the words'} of entry ${seq}`
  })
  return entries.join(', ')
}
