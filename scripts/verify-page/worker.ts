// The verifier, off the page's own thread. It gets a file and answers with a report; it has no way to reach a network.
import { isMalformed } from '../../lib/record/malformed'
import { type BundleReader, type Progress, type VerifyOptions, verifyBundle } from '../../lib/record/verify'
import { openBlob } from './blob'
import { quicken } from './digest'
import type { Answer, Question } from './messages'
import { shownEvents, shownProof } from './shown'

type Port = {
  postMessage: (answer: Answer) => void
  onmessage: ((event: MessageEvent<Question>) => void) | null
}
const page = self as unknown as Port
let bundle: BundleReader | null = null

page.onmessage = ({ data }) => {
  answer(data).then(
    (told) => page.postMessage(told),
    (thrown: unknown) => page.postMessage({ tell: 'unreadable', sentence: sentenceOf(thrown) }),
  )
}

async function answer(question: Question): Promise<Answer> {
  switch (question.ask) {
    case 'verify':
      return verify(question.bundle, question.options)
    case 'events': {
      const { from, count } = question
      return { tell: 'events', from, events: bundle ? await shownEvents(bundle, from, count) : [] }
    }
    case 'proof':
      return { tell: 'proof', proof: bundle ? await shownProof(bundle, question.line) : null }
  }
}

async function verify(file: File, options: VerifyOptions): Promise<Answer> {
  const begun = performance.now()
  await quicken()
  bundle = await openBlob(file)
  const report = await verifyBundle(bundle, options, nowAndThen())
  return { tell: 'report', report, milliseconds: performance.now() - begun }
}

const EVERY_MS = 80

/** Often enough to be seen, seldom enough to cost nothing. */
function nowAndThen(): (progress: Progress) => void {
  let last = 0
  let step = ''
  return (progress) => {
    const now = performance.now()
    if (progress.step === step && now - last < EVERY_MS) return
    last = now
    step = progress.step
    page.postMessage({ tell: 'progress', progress })
  }
}

function sentenceOf(thrown: unknown): string {
  if (isMalformed(thrown)) return thrown.message
  // The browser's own words for a file that was moved or changed since it was chosen.
  if (thrown instanceof DOMException) return `The file can't be read any more: ${thrown.message}`
  return `The verifier itself failed, which says nothing about the bundle: ${String(thrown)}`
}
