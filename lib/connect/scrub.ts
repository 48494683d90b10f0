/** Turns what went wrong into a sentence that may be kept: no parameters, no credentials, one line. */
export type Scrub = (text: string) => string

const SHAPES: readonly [RegExp, string][] = [
  [/SCRAM-SHA-256\$[\d]+:[^\s'"]*/g, '[verifier]'],
  [/\bmd5[0-9a-f]{32}\b/g, '[verifier]'],
  [/\b([a-z][a-z+]*:\/\/[^\s:@/]*):[^\s@]*@/gi, '$1:[secret]@'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*(?:\.[\w-]+\.[\w-]+)?/g, '[token]'],
]

export function scrubber(secrets: readonly string[] = []): Scrub {
  const known = secrets.filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length)
  return (text) => {
    const named = known.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text)
    return SHAPES.reduce((rest, [shape, instead]) => rest.replace(shape, instead), named)
  }
}

export type Problem = { readonly code: string; readonly sentence: string }

/** A postgres.js error holds the query and its parameters in several fields: only its code and its first line are taken. */
export function problem(error: unknown, scrub: Scrub = scrubber()): Problem {
  const code = codeOf(error)
  const [line = ''] = (error instanceof Error ? error.message : '').split('\n')
  return { code, sentence: scrub(line).slice(0, 300) || 'No reason was given.' }
}

/** The SQLSTATE, the system's error code, or `ERROR`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ERROR'
}
