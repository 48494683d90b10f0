import type { Finding, Report, Verdict } from '../../lib/record/verify'
import { type Child, el } from './dom'
import { count } from './own'

const QUESTIONS = [
  ['integrity', 'Integrity', 'Is what is here what was recorded?'],
  ['completeness', 'Completeness', 'Is all of it here?'],
  ['authenticity', 'Authenticity', 'Who vouches for it, and did those people decide?'],
] as const

const WORDS: Record<Verdict, string> = { pass: 'Pass', fail: 'Fail', 'not-shown': 'Not shown' }
const MARKS: Record<Verdict, string> = { pass: '✓', fail: '✕', 'not-shown': '–' }

/** What came of it, for a person: the conclusion, three verdicts, and every finding with its exact place. */
export function reportView(report: Report, showProof: (line: number) => void): HTMLElement[] {
  return [
    conclusion(report),
    verdicts(report),
    ...findings(report, 'fail', 'Wrong', showProof),
    ...findings(report, 'not-shown', 'Not shown', showProof),
    ...findings(report, 'note', 'Worth knowing', showProof),
    about(report),
  ]
}

function conclusion(report: Report): HTMLElement {
  const failed = QUESTIONS.some(([name]) => report[name] === 'fail')
  const tone = failed ? 'fail' : report.verified ? 'pass' : 'not-shown'
  return el('p', { class: 'conclusion', 'data-verdict': tone }, report.conclusion)
}

function verdicts(report: Report): HTMLElement {
  const rows = QUESTIONS.map(([name, title, question]) => {
    const verdict = report[name]
    const mark = el('span', { 'aria-hidden': 'true', class: 'mark' }, MARKS[verdict])
    return el(
      'tr',
      { 'data-verdict': verdict },
      el('th', { scope: 'row' }, title),
      el('td', { class: 'quiet' }, question),
      el('td', { class: 'verdict' }, mark, WORDS[verdict]),
    )
  })
  return el('table', { class: 'ledger verdicts', 'aria-label': 'Verdicts' }, el('tbody', {}, ...rows))
}

function findings(
  { findings: all, counts }: Report,
  level: Finding['level'],
  title: string,
  showProof: (line: number) => void,
): HTMLElement[] {
  const own = all.filter((finding) => finding.level === level)
  if (own.length === 0) return []
  const items = own.map((finding) => {
    const isLast = finding === own.findLast(({ code }) => code === finding.code)
    const kept = own.filter(({ code }) => code === finding.code).length
    return item(finding, isLast ? (counts[finding.code] ?? 0) - kept : 0, showProof)
  })
  return [el('h3', { class: 'ruled' }, title), el('ul', { class: 'findings', 'data-level': level }, ...items)]
}

function item(
  { code, verdict, sentence, where }: Finding,
  more: number,
  showProof: (line: number) => void,
): HTMLElement {
  const { file, line, case: stream, seq } = where
  const event = stream === undefined ? null : seq === undefined ? stream : `${stream} event ${seq}`
  const place: Child[] = [
    el('code', {}, code),
    el('span', {}, verdict),
    event === null ? null : el('bdi', { class: 'numeric' }, event),
    el('bdi', { class: 'numeric' }, line === undefined ? file : `${file}:${line}`),
  ]
  const isEvent = line !== undefined && file.endsWith('events.ndjson')
  const look = el('button', { type: 'button', class: 'link' }, 'Look at its proof')
  look.addEventListener('click', () => showProof(line ?? 1))
  return el(
    'li',
    {},
    el('p', {}, el('bdi', {}, sentence)),
    el('p', { class: 'place' }, ...place, isEvent ? look : null),
    more > 0 ? el('p', { class: 'quiet' }, `and ${more} more like this`) : null,
  )
}

const SHOWN_STREAMS = 12

/** What it is that was checked. */
function about({ log, streams }: Report): HTMLElement {
  const events = streams.reduce((sum, stream) => sum + stream.events, 0)
  const rows: [string, Child][] = [
    ['Events', `${count(events, 'event')} in ${count(streams.length, 'stream')}`],
    ['Log', log && el('bdi', { class: 'numeric' }, log.origin)],
    ['Size of the log', log && count(log.size, 'entry').replace(/entrys$/, 'entries')],
    ['Witnesses', log && (log.witnesses.join(', ') || 'none that counts')],
  ]
  const shown = streams
    .slice(0, SHOWN_STREAMS)
    .map((stream) =>
      el('li', {}, el('bdi', { class: 'numeric' }, stream.case), ` ${count(stream.events, 'event')}`),
    )
  const rest = streams.length - shown.length
  if (rest > 0) shown.push(el('li', { class: 'quiet' }, `and ${count(rest, 'more stream')}`))
  return el(
    'section',
    { 'aria-labelledby': 'about-title' },
    el('h3', { class: 'ruled', id: 'about-title' }, 'What was checked'),
    el(
      'dl',
      { class: 'facts' },
      ...rows.flatMap(([name, value]) => (value ? [el('dt', {}, name), el('dd', {}, value)] : [])),
      el('dt', {}, 'Streams'),
      el('dd', {}, el('ul', { class: 'plain' }, ...shown)),
    ),
  )
}
