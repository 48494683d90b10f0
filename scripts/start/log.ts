import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { oneLine } from '../../lib/log/one-line'

const MOST_BYTES = 20 * 1024 * 1024

export type Log = { readonly line: (text: string, fromStderr: boolean) => void; readonly close: () => void }

/** A process's log: one JSON object a line, in its file; what went wrong also on our stderr. */
export function logOf(folder: string, name: string): Log {
  const file = join(folder, `${name}.log`)
  if (existsSync(file) && statSync(file).size > MOST_BYTES) renameSync(file, `${file}.1`)
  const stream: WriteStream = createWriteStream(file, { flags: 'a', mode: 0o600 })
  stream.on('error', () => undefined) // a full disk stops the log, not the work
  return {
    line(text, fromStderr) {
      if (!text.trim()) return
      const json =
        (fromStderr ? null : asJson(text)) ??
        JSON.stringify({
          time: new Date().toISOString(),
          level: fromStderr ? 'error' : 'info',
          name,
          msg: text,
        })
      stream.write(`${oneLine(json)}\n`)
      if (fromStderr || isError(json)) process.stderr.write(`${oneLine(json)}\n`)
    },
    close: () => stream.end(),
  }
}

/** Our programs log on stdout, in JSON. What they print otherwise is some text, and may be meant to look like a line of theirs. */
function asJson(text: string): string | null {
  if (!text.startsWith('{')) return null
  try {
    JSON.parse(text)
    return text
  } catch {
    return null
  }
}

/** pino's numbers: 50 is an error, 60 the end. */
function isError(json: string): boolean {
  return /"level":(?:"(?:error|fatal)"|[56]0)\b/.test(json)
}
