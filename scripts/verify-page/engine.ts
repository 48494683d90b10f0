import type { Progress, Report, VerifyOptions } from '../../lib/record/verify'
import type { Answer, Question } from './messages'
import type { ShownEvent, ShownProof } from './shown'

/** The worker's program, as text: the build puts it here. */
declare const WORKER_SOURCE: string

export type Verified = { readonly report: Report; readonly milliseconds: number }

/** The verifier at work on one bundle. It is asked one thing at a time. */
export type Engine = {
  /** @throws Error with a sentence, where the bundle can't be read */
  readonly verify: (
    bundle: File,
    options: VerifyOptions,
    onProgress: (progress: Progress) => void,
  ) => Promise<Verified>
  readonly events: (from: number, count: number) => Promise<readonly ShownEvent[]>
  readonly proof: (line: number) => Promise<ShownProof | null>
  /** Ends it, whatever it is doing. */
  readonly stop: () => void
}

export function startEngine(): Engine {
  const worker = new Worker(workerAddress())
  let queue: Promise<unknown> = Promise.resolve()

  function ask(question: Question, onProgress?: (progress: Progress) => void): Promise<Answer> {
    const answered = queue.then(() => once(worker, question, onProgress))
    queue = answered.catch(() => undefined)
    return answered
  }

  return {
    async verify(bundle, options, onProgress) {
      const answer = await ask({ ask: 'verify', bundle, options }, onProgress)
      if (answer.tell !== 'report') throw unexpected()
      return answer
    },
    async events(from, count) {
      const answer = await ask({ ask: 'events', from, count })
      return answer.tell === 'events' ? answer.events : []
    },
    async proof(line) {
      const answer = await ask({ ask: 'proof', line })
      return answer.tell === 'proof' ? answer.proof : null
    },
    stop: () => worker.terminate(),
  }
}

function once(
  worker: Worker,
  question: Question,
  onProgress?: (progress: Progress) => void,
): Promise<Answer> {
  return new Promise((done, fail) => {
    worker.onerror = ({ message }) => fail(new Error(`The verifier could not run here: ${message}`))
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.tell === 'progress') onProgress?.(data.progress)
      else if (data.tell === 'unreadable') fail(new Error(data.sentence))
      else done(data)
    }
    worker.postMessage(question)
  })
}

function unexpected() {
  return new Error('The verifier answered another question.')
}

type TrustedTypes = {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string }
}

let address: string | undefined

/** The worker is part of this very page, so that there is nothing to fetch: its text, as an address that only this page has. */
function workerAddress(): string {
  address ??= URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }))
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
  policy ??= trustedTypes?.createPolicy('verifier', { createScriptURL: (url) => url })
  return policy?.createScriptURL(address) ?? address
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined
