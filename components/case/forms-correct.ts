import { visibleText } from '@/lib/chat/visible'
import { sentence } from '@/lib/telling/sentence'
import type { Context, Field, Forms, Option } from '../form/form'

/** What is wrong on the record is put right beside it. */
export const correctForms: Forms = {
  correctEntry: (context) => {
    const about = context.about === null ? null : Number(context.about)
    return {
      title: about === null ? 'Correct an entry' : `Correct entry ${about}`,
      intro: `${about === null ? '' : `${what(context, about)} `}The entry stays as it was recorded, and shows your correction beside it. Nothing that followed from it changes: what was approved stands as it was signed, and a severity, a title or an assignment is set anew instead.`,
      submit: 'Correct',
      done: 'The correction is on record',
      fields: [
        ...(about === null ? [whichEntry(context)] : []),
        { kind: 'text', name: 'correction', label: 'What is right', max: 4_000, rows: 4 },
        { kind: 'text', name: 'reason', label: 'Why it is corrected', optional: true },
      ],
      fixed: about === null ? {} : { seq: about },
    }
  },
}

function whichEntry(context: Context): Field {
  const entries = (context.file?.timeline ?? []).filter(({ erased }) => !erased).toReversed()
  const options = entries.map(({ seq }): Option => ({ value: String(seq), label: what(context, seq, 60) }))
  return { kind: 'select', name: 'seq', label: 'Which entry', options, numbers: true }
}

/** Which entry it is, with the beginning of what it says. */
function what({ file, name }: Context, seq: number, most = 0): string {
  const entry = file?.timeline.find((each) => each.seq === seq)
  if (!entry) return `Entry ${seq}.`
  const { text, quote } = sentence(entry, name)
  const said = visibleText((quote ?? '').slice(0, most))
  return `Entry ${seq}: ${entry.who.name} ${text}.${said ? ` “${said}${said === quote ? '' : '…'}”` : ''}`
}
