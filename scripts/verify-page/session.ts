import type { Progress, VerifyOptions } from '../../lib/record/verify'
import { byId, el } from './dom'
import { type Engine, startEngine, type Verified } from './engine'
import { eventsView } from './events-view'
import { noProof, proofView } from './proof-view'
import { reportView } from './report-view'
import { offerReport } from './save'

const STEPS: Record<Progress['step'], string> = {
  files: 'Taking the digest of every file',
  events: 'Following the events and their proofs',
  log: 'Rebuilding the whole log',
  decisions: 'Checking approvals and warrants',
}

export type Session = {
  readonly check: (bundle: File, options: VerifyOptions) => Promise<void>
  /** The same bundle, with what the auditor has given since. */
  readonly again: (options: VerifyOptions) => Promise<void>
  /** What the auditor gives has changed: the report is no longer about that. */
  readonly outdated: () => void
}

/** One bundle after the other; what is asked last counts. */
export function session(): Session {
  let engine: Engine | null = null
  let bundle: File | null = null

  async function check(file: File, options: VerifyOptions): Promise<void> {
    engine?.stop()
    const mine = startEngine()
    engine = mine
    bundle = file
    begin(file)
    byId('stop').onclick = () => {
      mine.stop()
      finish(el('p', { class: 'notice' }, `Stopped. Nothing is known about ${file.name}.`))
    }
    try {
      const verified = await mine.verify(file, options, showProgress)
      if (engine === mine) show(mine, file, verified)
    } catch (thrown) {
      if (engine === mine) finish(unreadable(file, thrown))
    }
  }

  return {
    check,
    again: async (options) => (bundle ? check(bundle, options) : undefined),
    outdated: () => {
      byId('again').hidden = bundle === null
    },
  }
}

function begin(file: File): void {
  byId('result').hidden = true
  byId('look').hidden = true
  byId('again').hidden = true
  byId('working').hidden = false
  byId('bundle-name').textContent = file.name
  showProgress({ step: 'files', done: 0, total: null })
}

function showProgress({ step, done, total }: Progress): void {
  const bar = byId('bar') as HTMLProgressElement
  byId('step').textContent = STEPS[step]
  if (total) {
    bar.max = total
    bar.value = Math.min(done, total)
  } else bar.removeAttribute('value')
  byId('amount').textContent = total ? `${megabytes(done)} of ${megabytes(total)} MB` : ''
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}

function finish(...content: Node[]): void {
  byId('working').hidden = true
  const result = byId('result')
  result.hidden = false
  byId('report').replaceChildren(...content)
  byId('result-title').focus()
}

function show(engine: Engine, file: File, { report, milliseconds }: Verified): void {
  const events = report.streams.reduce((sum, stream) => sum + stream.events, 0)
  const proof = byId('proof')
  const draw = async (line: number) => {
    const found = await engine.proof(line)
    proof.replaceChildren(found ? proofView(found) : noProof(line))
    proof.scrollIntoView({ block: 'start' })
    byId(found ? 'proof-title' : 'proof').focus({ preventScroll: true })
  }
  finish(...reportView(report, (line) => void draw(line)), offerReport(report, file.name, milliseconds))
  proof.replaceChildren()
  const list = eventsView(events, engine.events, (line) => void draw(line))
  byId('events').replaceChildren(list.element)
  byId('look').hidden = events === 0
  void list.show(1)
}

function unreadable(file: File, thrown: unknown): HTMLElement {
  const sentence = thrown instanceof Error ? thrown.message : String(thrown)
  return el(
    'div',
    { class: 'conclusion', 'data-verdict': 'fail', role: 'alert' },
    el('p', {}, el('bdi', {}, file.name), ` can’t be checked. ${sentence}`),
    el(
      'p',
      { class: 'quiet' },
      'A bundle is the .zip that an export gives, whole and unchanged. If it was sent to you, ask for it again.',
    ),
  )
}
