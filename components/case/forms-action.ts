import { ACTION_KINDS, type ActionKind } from '@/lib/action/event'
import { actionWords, KINDS } from '@/lib/telling/action-words'
import type { Context, Field, Form, Forms } from '../form/form'

/** Dialogs of the commands about one action. Deciding on it has its own page. */
export const actionForms: Forms = {
  proposeAction: (context) => change(context, {}),
  amendAction: (context) => {
    const present = find(context)
    return {
      ...change(context, { present }),
      title: 'Amend the proposal',
      intro: 'Another revision: approvals given so far are void, and everybody is asked again.',
      submit: 'Amend',
      done: 'Amended: the dry run is done again',
      fixed: { request: context.about },
      fields: [
        ...change(context, { present }).fields,
        { kind: 'text', name: 'reason', label: 'Why it is amended' },
      ],
    }
  },
  withdrawAction: (context) => ({
    title: 'Withdraw the proposal',
    intro: about(context),
    submit: 'Withdraw',
    danger: true,
    done: 'Withdrawn',
    fields: [{ kind: 'text', name: 'reason', label: 'Why' }],
    fixed: { request: context.about },
  }),
  startExecution: (context) => ({
    title: 'Carry it out now',
    intro: `${about(context)} The executor gets a warrant for exactly this change: for minutes, and once.`,
    submit: 'Carry it out',
    done: 'The executor has been told',
    fields: [],
    fixed: { request: context.about },
  }),
  requestProbe: (context) => ({
    title: 'Look whether it worked',
    intro: `${about(context)} The connector looks at the system from outside; you judge what it saw.`,
    submit: 'Look',
    done: 'The probe is under way',
    fields: [],
    fixed: { request: context.about },
  }),
  reviewBreakGlass: (context) => ({
    title: 'Review the emergency',
    intro: `${about(context)} It ran without its approvals. Was that right?`,
    submit: 'Record the review',
    done: 'On record',
    fields: [
      {
        kind: 'choice',
        name: 'outcome',
        label: 'Was it right?',
        options: [
          { value: 'justified', label: 'Justified', hint: 'It could not wait, and it did what it had to.' },
          {
            value: 'unjustified',
            label: 'Not justified',
            hint: 'That stays on record; what follows is for people.',
          },
        ],
      },
      { kind: 'text', name: 'note', label: 'What you looked at', max: 4_000 },
    ],
    fixed: { request: context.about },
  }),
  settleExecution: (context) => ({
    title: 'Say what became of it',
    intro: `${about(context)} Nobody reported what the execution did. Look at the system itself, attach what you saw, and say it here; the executor’s own receipt still counts, should it come.`,
    submit: 'Record it',
    done: 'On record',
    fields: [
      {
        kind: 'choice',
        name: 'outcome',
        label: 'What became of it?',
        options: [
          { value: 'succeeded', label: 'It had its effect', hint: 'It is verified next, like any other.' },
          { value: 'failed', label: 'It had no effect', hint: 'The case goes on without it.' },
        ],
      },
      {
        kind: 'many',
        name: 'evidence',
        label: 'What shows it',
        options: shows(context),
        hint: 'Nothing to choose? Attach it to the case first.',
      },
      { kind: 'text', name: 'note', label: 'What you found', max: 2_000 },
    ],
    fixed: { request: context.about },
  }),
  recordVerification: (context) => ({
    title: 'Judge whether it worked',
    intro: `${about(context)} If it did not, the case goes back to act.`,
    submit: 'Record the verdict',
    done: 'On record',
    fields: [
      {
        kind: 'choice',
        name: 'outcome',
        label: 'Did it work?',
        options: [
          { value: 'passed', label: 'It worked', hint: 'The evidence shows the effect.' },
          { value: 'failed', label: 'It did not', hint: 'The case goes back to act.' },
        ],
      },
      {
        kind: 'many',
        name: 'evidence',
        label: 'What shows it',
        options: shows(context),
        initial: find(context)?.probe?.result_sha256 ?? '',
      },
      { kind: 'text', name: 'note', label: 'Note', optional: true, max: 4_000 },
    ],
    fixed: { request: context.about },
  }),
}

type Present = ReturnType<typeof find>

function find({ file, about: request }: Context) {
  return file?.actions.find((one) => one.request === request)
}

function about(context: Context): string {
  const found = find(context)
  if (!found) return ''
  const said = actionWords(found.action)
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}

function shows({ file }: Context) {
  const evidence = file?.evidence.filter((one) => one.kind !== 'sealed-secret') ?? []
  return evidence.map((one) => ({
    value: one.sha256,
    label: one.name,
    hint: `${one.kind}, by ${one.collected_by.name}`,
  }))
}

function change({ file }: Context, { present }: { present?: Present }): Form {
  const linked = file?.linked ?? []
  return {
    title: 'Propose a change',
    intro:
      'One exact change of a real system. The connector does a dry run, and the people whom policy names are asked.',
    submit: 'Propose',
    done: 'Proposed: the dry run is under way',
    fields: [
      {
        kind: 'select',
        name: 'nhi',
        label: 'On which identity',
        initial: present?.action.target.nhi ?? (linked.length === 1 ? (linked[0]?.id ?? '') : ''),
        options: linked.map((one) => ({
          value: one.id,
          label: one.name,
          hint: `${one.system}, ${one.environment}`,
        })),
        ...(linked.length ? {} : { hint: 'Link an identity to the case first.' }),
      },
      {
        kind: 'choice',
        name: 'kind',
        label: 'What',
        initial: present?.action.kind ?? '',
        options: ACTION_KINDS.map((kind) => ({
          value: kind,
          label: KINDS[kind].label,
          hint: KINDS[kind].hint,
        })),
      },
      ...params(present),
      {
        kind: 'text',
        name: 'purpose',
        label: 'Business purpose',
        hint: 'The approver reads this. At least ten characters.',
        initial: present?.action.purpose ?? '',
        max: 1_000,
      },
      {
        kind: 'when',
        name: 'not_before',
        label: 'Not before',
        hint: 'Left empty: as soon as it is approved.',
        optional: true,
      },
    ],
  }
}

/** Every kind's parameters, each shown with its kind alone; one that several kinds share stands once. */
function params(present: Present): Field[] {
  const names = [...new Set(ACTION_KINDS.flatMap((kind) => KINDS[kind].params.map((param) => param.name)))]
  return names.map((name) => {
    const takers = ACTION_KINDS.filter((kind) => KINDS[kind].params.some((param) => param.name === name))
    const param = KINDS[takers[0] as ActionKind].params.find((one) => one.name === name)
    const value = present?.action.params[name]
    return {
      kind: param?.flag ? 'flag' : 'line',
      name: `params.${name}`,
      label: param?.label ?? name,
      hint: param?.hint ?? '',
      initial: value === true ? 'yes' : typeof value === 'string' ? value : '',
      show: (values) => takers.some((kind) => kind === values.kind),
    }
  })
}
