import { type Forms, wallClock } from '../form/form'
import { linked, reason } from './form-parts'

const DAY = 86_400_000

/** Where nothing is changed: exceptions, and no action at all. */
export const riskForms: Forms = {
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
}
