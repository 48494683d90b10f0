import type { Step } from './climb'
import { el } from './dom'
import { drawing } from './proof-drawing'
import type { ShownProof } from './shown'

const short = (hex: string) => `${hex.slice(0, 8)}…`
const range = ([from, to]: readonly [number, number]) =>
  to - from === 1 ? `entry ${from}` : `entries ${from} to ${to - 1}`

/** Why this event can't be taken out of the log or changed: the way from its digest to the head that was signed. */
export function proofView(proof: ShownProof): HTMLElement {
  const { event, entry, index, size, climb, root } = proof
  const made = climb.steps.at(-1)?.node ?? climb.leaf
  const isRight = made === root
  return el(
    'article',
    { 'aria-labelledby': 'proof-title' },
    el(
      'h3',
      { class: 'ruled', id: 'proof-title', tabindex: '-1' },
      `Proof of ${event.case} event ${event.seq}`,
    ),
    el(
      'p',
      {},
      `Entry ${index} of a log of ${size}. Its hash is joined with ${climb.steps.length} neighbours, one after the other. `,
      ending(proof, isRight),
    ),
    el(
      'figure',
      { class: 'picture' },
      drawing(climb, index, isRight),
      el('figcaption', { class: 'quiet' }, 'Filled: computed here. Open: neighbours, from the proof.'),
    ),
    el(
      'dl',
      { class: 'facts' },
      el('dt', {}, 'Event, SHA-256'),
      el('dd', { class: 'numeric' }, event.digest),
      el('dt', {}, 'Entry'),
      el('dd', { class: 'numeric' }, el('bdi', {}, entry)),
      el('dt', {}, 'Leaf = H(00 ‖ entry)'),
      el('dd', { class: 'numeric' }, climb.leaf),
    ),
    table(climb.steps),
    el(
      'dl',
      { class: 'facts' },
      el('dt', {}, 'Computed root'),
      el('dd', { class: 'numeric' }, made),
      el('dt', {}, 'Signed root'),
      el('dd', { class: 'numeric' }, root),
      el('dt', {}, 'Same'),
      el('dd', { 'data-verdict': isRight ? 'pass' : 'fail' }, isRight ? '✓ yes' : '✕ no'),
    ),
  )
}

function ending({ isAbout }: ShownProof, isRight: boolean): string {
  if (!isRight) return 'That does not make the root that the log signed: this proof does not stand.'
  return isAbout
    ? 'That makes the root that the log signed: the event is in the log, at this place, with this content.'
    : 'That makes the root that the log signed, but the entry is of another event: this one was changed or moved.'
}

function table(steps: readonly Step[]): HTMLElement {
  const heads = ['', 'Neighbour', 'Covers', 'Side', 'Makes H(01 ‖ left ‖ right)', 'Which covers']
  const rows = steps.map(({ neighbour, of, side, node, covers }, i) =>
    el(
      'tr',
      {},
      el('td', { class: 'numeric' }, `${i + 1}`),
      el('td', { class: 'numeric', title: neighbour }, short(neighbour)),
      el('td', {}, range(of)),
      el('td', {}, side),
      el('td', { class: 'numeric', title: node }, short(node)),
      el('td', {}, range(covers)),
    ),
  )
  const head = el('thead', {}, el('tr', {}, ...heads.map((name) => el('th', { scope: 'col' }, name))))
  return el('table', { class: 'ledger steps', 'aria-label': 'The steps' }, head, el('tbody', {}, ...rows))
}

/** Where nothing can be drawn, why. */
export function noProof(line: number): HTMLElement {
  return el(
    'p',
    { class: 'notice' },
    `The bundle has no proof for line ${line} that could be drawn. The report says what is wrong with it.`,
  )
}
