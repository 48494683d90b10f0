import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import type { Report } from './report'

/** Each time, the characters that the fonts lack are spelled out; few texts have more kinds of them than this. */
const ATTEMPTS = 5

/**
 * The report as PDF/A-2a, composed by a process of its own. A character that the fonts don't have comes out as `⟨U+6F22⟩`: visible, and no
 * empty box. The same report gives the same bytes.
 * @throws Error when it can't be composed; AbortError when the signal is aborted
 */
export async function compilePdf(
  home: string,
  report: Report,
  at: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  let json = JSON.stringify(report)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const made = await compose(home, json, at, signal)
    if (made instanceof Uint8Array) return made
    json = spelledOut(json, made)
  }
  return lastResort(home, report, at, signal)
}

/** ASCII alone, for a text with more scripts than one can count. */
async function lastResort(
  home: string,
  report: Report,
  at: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const json = JSON.stringify(report)
  const made = await compose(
    home,
    spelledOut(
      json,
      [...new Set(json)].filter((one) => one > '\u017f'),
    ),
    at,
    signal,
  )
  if (made instanceof Uint8Array) return made
  throw new Error('the report has characters that no font can show')
}

function spelledOut(json: string, characters: readonly string[]): string {
  const unwanted = new Set(characters)
  return Array.from(json, (one) => (unwanted.has(one) ? `⟨U+${codeOf(one)}⟩` : one)).join('')
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}

const SOME_GLYPHS_ARE_MISSING = 3

async function compose(
  home: string,
  json: string,
  at: string,
  signal: AbortSignal,
): Promise<Uint8Array | string[]> {
  const seconds = String(Math.floor(Date.parse(at) / 1000))
  const child = spawn(process.execPath, [join(home, 'db', 'export', 'report', 'compile.mjs'), seconds], {
    // It is told of nothing: no key, no database.
    env: { NODE_ENV: 'production' },
    signal,
  })
  const ended = new Promise<number>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => done(code ?? -1))
  })
  child.stdin.on('error', () => undefined) // it has ended before it read everything: its exit code says why
  child.stdin.end(json)
  const [out, said, code] = await Promise.all([buffer(child.stdout), text(child.stderr), ended])
  if (code === 0) return new Uint8Array(out)
  if (code === SOME_GLYPHS_ARE_MISSING) return JSON.parse(out.toString('utf8')) as string[]
  throw new Error(
    `the report could not be composed (${code}): ${said.split('\n').find((line) => /Error/.test(line)) ?? ''}`,
  )
}
