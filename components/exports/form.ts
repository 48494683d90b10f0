import type { CasesBehind } from '@/lib/act/view/entry'
import { SEVERITIES, STAGES } from '@/lib/case/event'
import type { Form, Option, Values } from '../form/form'
import { inputOf } from '../form/form'

const is = (scope: string) => (values: Values) => values.scope === scope

const SCOPES: readonly Option[] = [
  { value: 'period', label: 'A period', hint: 'Every case in which something happened, each whole.' },
  { value: 'cases', label: 'The cases that fit', hint: 'By stage, severity, identity or words.' },
  { value: 'case', label: 'One case' },
  { value: 'everything', label: 'The whole record' },
]
const options = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: value }))

const PURPOSE = {
  name: 'purpose',
  label: 'What it is for',
  kind: 'line',
  max: 500,
  hint: 'It goes on record with the export.',
} as const
const TEXTS = { submit: 'Export', done: 'The export is on record; its file is being written' }

/** Asks for an export; of a case that is named already, only what it is for. */
export function exportForm(about: { id: string; number: number } | null): Form {
  if (about)
    return {
      ...TEXTS,
      title: 'Export the case',
      intro:
        'A ZIP with every event, its proofs, the evidence and the keys. Who holds it can check it without us. The export is recorded.',
      fields: [PURPOSE],
      fixed: { scope: 'case', case: about.id },
    }
  return {
    ...TEXTS,
    title: 'New export',
    fields: [
      { name: 'scope', label: 'What to export', kind: 'choice', options: SCOPES, initial: 'period' },
      {
        name: 'number',
        label: 'Case',
        kind: 'line',
        max: 40,
        hint: 'Its number, e.g. 1007.',
        show: is('case'),
      },
      { name: 'from', label: 'From', kind: 'day', half: true, show: is('period') },
      {
        name: 'to',
        label: 'To',
        kind: 'day',
        half: true,
        show: is('period'),
        hint: 'This day belongs to it.',
      },
      {
        name: 'state',
        label: 'Cases',
        kind: 'choice',
        options: options(['all', 'open', 'closed']),
        initial: 'all',
        show: is('cases'),
      },
      {
        name: 'stage',
        label: 'In stage',
        kind: 'many',
        options: options(STAGES),
        optional: true,
        show: is('cases'),
      },
      {
        name: 'severity',
        label: 'Severity',
        kind: 'many',
        options: options(SEVERITIES),
        optional: true,
        show: is('cases'),
      },
      { name: 'nhi', label: 'Touching', kind: 'nhi', optional: true, half: true, show: is('cases') },
      { name: 'q', label: 'With the words', kind: 'line', optional: true, half: true, show: is('cases') },
      PURPOSE,
    ],
  }
}

/** Asks for the cases behind a history, of which it says how many they are. */
export function historyForm({ cases, entries, words }: CasesBehind, filter: Record<string, string>): Form {
  const [many, fitting] = [counted(cases, 'case', 'cases'), counted(entries, 'entry', 'entries')]
  return {
    ...TEXTS,
    title: `Export ${many}`,
    intro: `${many} ${words}: ${fitting} by now. Each case goes whole, with everything else that happened in it. The filter and the digest of the list go on record.`,
    fields: [PURPOSE],
    fixed: { scope: 'history', filter },
  }
}

function counted(count: number, one: string, more: string): string {
  return `${count.toLocaleString()} ${count === 1 ? one : more}`
}

/** What was typed as the API takes it: days become moments in the reader's zone, and the last day is all in it. */
export function orderOf(form: Form, values: Values): Record<string, unknown> {
  const { number, ...input } = inputOf(form, values)
  if (input.scope !== 'period') return number === undefined ? input : { ...input, number }
  const [from, to] = [startOf(String(input.from), 0), startOf(String(input.to), 1)]
  return { ...input, from, to }
}

function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).toISOString()
}
