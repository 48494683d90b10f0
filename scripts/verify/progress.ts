import type { Progress, Watch } from '../../lib/record/verify'

const WORDS: Record<Progress['step'], string> = {
  files: 'taking the digest of every file',
  events: 'following the events and their proofs',
  log: 'rebuilding the whole log',
  decisions: 'checking approvals and warrants',
}

/** Nothing is said about a bundle that takes less: there is nothing to wait for. */
const PATIENCE_MS = 1_000
const TERMINAL_MS = 100
const LOG_MS = 5_000

type Out = { readonly isTTY?: boolean; readonly write: (text: string) => unknown }

/**
 * Tells on `out` (stderr, so that a report can be piped on) how far the verifier is: one line that is written over on a
 * terminal, else a line every few seconds.
 */
export function progressOn(
  out: Out,
  now: () => number = () => performance.now(),
): { watch: Watch; done: () => void } {
  const begun = now()
  let last = begun + PATIENCE_MS - (out.isTTY ? TERMINAL_MS : LOG_MS)
  let isShown = false

  function watch({ step, done, total }: Progress): void {
    const at = now()
    if (at - begun < PATIENCE_MS || at - last < (out.isTTY ? TERMINAL_MS : LOG_MS)) return
    last = at
    isShown = true
    const share = total
      ? `${Math.floor((100 * Math.min(done, total)) / total)} %`
      : `${(done / 1e6).toFixed(0)} MB`
    out.write(out.isTTY ? `\r\u001b[K${WORDS[step]}: ${share}` : `${WORDS[step]}: ${share}\n`)
  }

  return { watch, done: () => void (isShown && out.isTTY && out.write('\r\u001b[K')) }
}
