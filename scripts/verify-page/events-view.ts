import { button, el } from './dom'
import type { ShownEvent } from './shown'

const PAGE = 20
const HEADS = ['Event', 'When (UTC)', 'What', 'Who', '']

export type EventsView = { readonly element: HTMLElement; readonly show: (from: number) => Promise<void> }

/** The bundle's events, a page at a time, to choose one whose proof is drawn. */
export function eventsView(
  total: number,
  load: (from: number, count: number) => Promise<readonly ShownEvent[]>,
  choose: (line: number) => void,
): EventsView {
  const body = el('tbody')
  const range = el('span', { class: 'quiet', role: 'status' })
  const go = el('input', { type: 'number', min: 1, max: total, class: 'field', id: 'go-to', value: 1 })
  const earlier = button('Earlier', () => void show(from - PAGE))
  const later = button('Later', () => void show(from + PAGE))
  let from = 1

  async function show(first: number): Promise<void> {
    from = Math.min(Math.max(1, first), Math.max(1, total))
    const events = await load(from, PAGE)
    body.replaceChildren(...events.map((event) => row(event, choose)))
    earlier.disabled = from === 1
    later.disabled = from + PAGE > total
    range.textContent = `${from} to ${Math.min(total, from + PAGE - 1)} of ${total}`
  }

  go.addEventListener('change', () => void show(Number(go.value) || 1))
  const head = el('thead', {}, el('tr', {}, ...HEADS.map((name) => el('th', { scope: 'col' }, name))))
  const element = el(
    'div',
    {},
    el('div', { class: 'pager' }, earlier, later, range, el('label', { for: 'go-to' }, 'From line'), go),
    el('table', { class: 'ledger events', 'aria-label': 'Events' }, head, body),
  )
  return { element, show }
}

function row(event: ShownEvent, choose: (line: number) => void): HTMLElement {
  const look = el(
    'button',
    { type: 'button', class: 'link', 'aria-label': `Proof of ${event.case} event ${event.seq}` },
    'Proof',
  )
  look.addEventListener('click', () => choose(event.line))
  return el(
    'tr',
    {},
    el('td', {}, el('bdi', { class: 'numeric' }, `${event.case} ${event.seq}`)),
    el('td', { class: 'numeric' }, event.at.replace('T', ' ').replace(/\.\d+Z$/, '')),
    el('td', {}, el('bdi', {}, event.type)),
    el('td', {}, el('bdi', {}, event.actor)),
    el('td', {}, look),
  )
}
