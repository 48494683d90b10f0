import { type Finding, RANK, type Rule } from './finding'

const BEGIN = /-----BEGIN ([A-Z0-9 ]{0,40})PRIVATE KEY(?: BLOCK)?-----/g
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
/** What follows a BEGIN without an END: lines of base64, real or escaped line ends between them. */
const MATERIAL = /(?:(?:\s|\\[rn]){0,8}[A-Za-z0-9+/=]{16,4096})*/y

/** Private keys in PEM (RFC 7468), also inside JSON with `\n`, also cut off before the END line. */
export const privateKeys: Rule = (text) => {
  const found: Finding[] = []
  const ends = [...text.matchAll(END)].map((match) => match.index + match[0].length)
  let past = 0
  let next = 0
  for (const begin of text.matchAll(BEGIN)) {
    if (begin.index < past) continue
    while (next < ends.length && (ends[next] ?? 0) <= begin.index) next++
    past = ends[next] ?? endOfMaterial(text, begin.index + begin[0].length)
    found.push(finding(begin.index, past, text.slice(begin.index, past), (begin[1] ?? '').trim()))
  }
  return found
}

function endOfMaterial(text: string, from: number): number {
  MATERIAL.lastIndex = from
  return from + (MATERIAL.exec(text)?.[0].length ?? 0)
}

function finding(start: number, end: number, raw: string, algorithm: string): Finding {
  const name = algorithm === '' ? 'private key' : `${algorithm} private key`
  const value = raw
    .replace(/\\r|\r/g, '')
    .replace(/\\n/g, '\n')
    .trim()
  return {
    start,
    end,
    kind: name.toLowerCase().replaceAll(' ', '-'),
    name,
    where: null,
    value,
    rank: RANK.pem,
  }
}
