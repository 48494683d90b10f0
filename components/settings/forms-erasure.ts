import type { Forms } from '../form/form'

const reason = { kind: 'text', name: 'reason', label: 'Why' } as const

/** What concerns the organisation as a whole of erasing, and of keeping from it. */
export const organisationErasureForms: Forms = {
  holdOrganisation: () => ({
    title: 'Hold the whole organisation',
    intro: 'While it stands nothing can be erased in any case. Somebody else than you has to lift it.',
    submit: 'Place the hold',
    done: 'Held',
    fields: [reason],
  }),
  releaseOrganisation: ({ about }) => ({
    title: 'Lift the organisation’s hold',
    intro: 'What was kept by it can be erased again, and a retention rule may do so within a day.',
    submit: 'Lift it',
    danger: true,
    done: 'Lifted',
    fields: [reason],
    fixed: { hold: about },
  }),
  agreeRetention: ({ about }) => ({
    title: 'Put the retention rule in force',
    intro: 'From now on, every day, what it names is erased. It cannot be brought back. Holds come first.',
    submit: 'Put it in force',
    danger: true,
    done: 'In force',
    fields: [],
    fixed: { rule: about },
  }),
  refuseRetention: ({ about }) => ({
    title: 'Refuse the retention rule, or take it back',
    submit: 'Refuse',
    done: 'Refused',
    fields: [reason],
    fixed: { rule: about },
  }),
  stopRetention: ({ about }) => ({
    title: 'Stop the retention rule',
    intro: 'What is erased stays erased. Nothing more goes.',
    submit: 'Stop it',
    done: 'Stopped',
    fields: [reason],
    fixed: { rule: about },
  }),
}
