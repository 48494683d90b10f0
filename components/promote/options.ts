import { CATEGORIES, SEVERITIES } from '@/lib/case/event'
import type { Field } from '../form/form'

const plain = (names: readonly string[]) =>
  names.map((name) => ({ value: name, label: name.replaceAll('-', ' ') }))

const title: Field = {
  kind: 'line',
  name: 'title',
  label: 'Title',
  hint: 'What a colleague would call it. Left empty, the text says it.',
  optional: true,
}
const category: Field = {
  kind: 'select',
  name: 'category',
  label: 'Kind',
  options: plain(CATEGORIES),
  optional: true,
  hint: 'Left empty, it is suggested from the text.',
}
const severity: Field = {
  kind: 'choice',
  name: 'severity',
  label: 'Severity',
  options: plain(SEVERITIES),
  optional: true,
}
const note: Field = { kind: 'text', name: 'note', label: 'Note', optional: true, rows: 2, max: 4_000 }

/** The paste box: what somebody saw in chat. */
export const pasted: readonly Field[] = [
  {
    kind: 'text',
    name: 'text',
    label: 'What was said',
    rows: 7,
    max: 40_000,
    hint: 'Paste it as it is. Secrets are masked before anything is stored.',
  },
  { kind: 'line', name: 'url', label: 'Link to the message', optional: true, max: 2_000, mono: true },
  { kind: 'line', name: 'author', label: 'Who said it', half: true, optional: true },
  { kind: 'when', name: 'said_at', label: 'When', half: true, optional: true },
  title,
  category,
  severity,
  note,
]

/** The form of a draft that came from chat: the message is there already. */
export const drafted: readonly Field[] = [
  { ...title, optional: false, hint: '' },
  { ...category, optional: false, hint: '' },
  severity,
  note,
]
