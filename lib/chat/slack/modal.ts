import type { KnownBlock, ModalView } from '@slack/web-api'
import { CATEGORIES, type Category, SEVERITIES, type Severity } from '../../case/event'
import { SEVERITY_WORDS, shortened } from '../card'
import { visibleText } from '../visible'
import { CALLBACK, COMMENT_BLOCK } from './parse'

/** All that the form shows. Text in it is masked. */
export type PromotionForm = {
  /** The draft's id: the only thing that the form carries. */
  draft: string
  /** The first lines of what is being promoted. */
  preview: string
  title: string
  category: Category
  severity: Severity | null
  /** Why these were suggested. */
  because: string[]
  /** How many secrets were masked. */
  masked: number
  /** The open case that already has this message or its secret. */
  existing: { number: number; title: string } | null
  /** `/promote/<draft>`: the same form on the web. */
  url: string
}

const CATEGORY_WORDS: Record<Category, string> = {
  'leaked-secret': 'Leaked secret',
  'service-account-abuse': 'Service-account abuse',
  'recurring-attack-path': 'Recurring attack path',
  'suspicious-access': 'Suspicious access',
  malware: 'Malware',
  misconfiguration: 'Misconfiguration',
  'policy-violation': 'Policy violation',
  question: 'Question',
  other: 'Other',
}

export function promotionModal(form: PromotionForm): ModalView {
  return {
    type: 'modal',
    callback_id: CALLBACK.form,
    private_metadata: form.draft,
    title: plain('Put on record', 24),
    submit: plain('Put on record', 24),
    close: plain('Not now', 24),
    blocks: [
      { type: 'section', text: plain(`“${shortened(visibleText(form.preview), 600)}”`, 2_900) },
      ...maskedNote(form.masked),
      ...existingChoice(form.existing),
      {
        type: 'input',
        block_id: 'title',
        label: plain('Title', 100),
        element: {
          type: 'plain_text_input',
          action_id: 'title',
          max_length: 200,
          initial_value: shortened(visibleText(form.title), 200),
        },
      },
      {
        type: 'input',
        block_id: 'category',
        label: plain('Category', 100),
        element: {
          type: 'static_select',
          action_id: 'category',
          options: CATEGORIES.map(categoryOption),
          initial_option: categoryOption(form.category),
        },
      },
      {
        type: 'input',
        block_id: 'severity',
        label: plain('Severity', 100),
        optional: true,
        element: {
          type: 'static_select',
          action_id: 'severity',
          placeholder: plain('Not set yet', 100),
          options: SEVERITIES.map(severityOption),
          ...(form.severity ? { initial_option: severityOption(form.severity) } : {}),
        },
      },
      {
        type: 'input',
        block_id: 'note',
        label: plain('Note', 100),
        optional: true,
        element: {
          type: 'plain_text_input',
          action_id: 'note',
          multiline: true,
          max_length: 3_000,
          placeholder: plain('What should the person who takes it know?', 140),
        },
      },
      {
        type: 'context',
        elements: [
          plain(
            [
              ...form.because.slice(0, 4),
              'You ask for a case; nothing is approved or carried out from chat.',
            ].join(' '),
            1_900,
          ),
        ],
      },
    ],
  }
}

/** A comment on the case, from its card. The metadata is the button's value, the channel and the card's message. */
export function commentModal(value: string, channel: string, cardTs: string, number: number): ModalView {
  return {
    type: 'modal',
    callback_id: CALLBACK.comment,
    private_metadata: `${value} ${channel} ${cardTs}`,
    title: plain(`Comment on case ${number}`, 24),
    submit: plain('Comment', 24),
    close: plain('Not now', 24),
    blocks: [
      {
        type: 'input',
        block_id: COMMENT_BLOCK,
        label: plain('Comment', 100),
        element: { type: 'plain_text_input', action_id: COMMENT_BLOCK, multiline: true, max_length: 3_000 },
      },
      {
        type: 'context',
        elements: [plain('It goes on the record under your name. Words here approve nothing.', 300)],
      },
    ],
  }
}

/** The answer to a `view_submission` that could not be taken: shown beside the field, the form stays open. */
export function formErrors(errors: Record<string, string>): {
  response_action: 'errors'
  errors: Record<string, string>
} {
  return { response_action: 'errors', errors }
}

function maskedNote(masked: number): KnownBlock[] {
  if (masked === 0) return []
  const said = masked === 1 ? 'One secret was' : `${masked} secrets were`
  return [{ type: 'context', elements: [plain(`${said} masked before anything was kept.`, 200)] }]
}

function existingChoice(existing: PromotionForm['existing']): KnownBlock[] {
  if (existing === null) return []
  const add = { text: plain('Add this message to it as evidence', 75), value: 'add' }
  const options = [add, { text: plain('Open a separate case (say why in the note)', 75), value: 'separate' }]
  const label = shortened(
    `Already on record as case ${existing.number}: ${visibleText(existing.title)}`,
    1_900,
  )
  return [
    {
      type: 'input',
      block_id: 'existing',
      label: plain(label, 1_900),
      element: { type: 'radio_buttons', action_id: 'existing', options, initial_option: add },
    },
  ]
}

function plain(text: string, most: number) {
  return { type: 'plain_text', text: shortened(text, most), emoji: false } as const
}

function categoryOption(category: Category) {
  return { text: plain(CATEGORY_WORDS[category], 75), value: category }
}

function severityOption(severity: Severity) {
  return { text: plain(SEVERITY_WORDS[severity], 75), value: severity }
}
