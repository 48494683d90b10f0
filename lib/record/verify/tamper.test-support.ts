import { expect } from 'vitest'
import { edit, editLines, type Files, readerOf, readFolder, reseal } from '../folder.test-support'
import { allowedSignersLine, parseSshsig } from '../sshsig'
import { SAMPLE_BAG, vectorText } from '../vectors.test-support'
import { type Report, verifyBundle } from '../verify'

// The published bundle, and ways to tamper with it.

export const EVENTS = 'data/events.ndjson'
export const PROOFS = 'data/log/proofs.ndjson'
export const sample = readFolder(SAMPLE_BAG)
export const policy = vectorText('sample-bag/data/log/policy')
const { publicKey } = parseSshsig(vectorText('sample-bag/tagmanifest-sha256.txt.sig'))
export const allowedSigners = allowedSignersLine('onrecord.example', publicKey)

export const verify = (files: Files, options = {}) => verifyBundle(readerOf(files), { policy, ...options })

export function codes({ findings }: Report, level = 'fail'): string[] {
  return [...new Set(findings.filter((finding) => finding.level === level).map(({ code }) => code))].sort()
}

export type Tampering = [what: string, tamper: (files: Files) => void, codes: string[]]

export const drop =
  (...prefixes: string[]) =>
  (files: Files) => {
    for (const path of files.keys())
      if (prefixes.some((prefix) => path.startsWith(prefix))) files.delete(path)
  }
export const flip = (path: string) => (files: Files) => {
  const bytes = files.get(path)?.slice() ?? new Uint8Array(1)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  files.set(path, bytes)
}
export const inEvents = (change: (text: string) => string) => (files: Files) => edit(files, EVENTS, change)
export const without =
  (...numbers: number[]) =>
  (files: Files) => {
    for (const path of [EVENTS, PROOFS])
      editLines(files, path, (lines) => lines.filter((_, i) => !numbers.includes(i)))
  }
export const evidence =
  [...sample.keys()].find((path) => path.endsWith('.txt') && path.includes('/evidence/')) ?? ''

/** Makes the manifests right again and signs them anew, so that only the record itself can tell. */
export async function resealedAfter(tamper: Tampering[1], expected: string[]): Promise<void> {
  const files = new Map(sample)
  tamper(files)
  reseal(files)
  const report = await verify(files)
  expect(codes(report)).toEqual([...expected].sort())
  expect(report.verified).toBe(false)
  expect(report.conclusion).toMatch(/^Verification failed/)
  expect(codes(await verify(files, { allowedSigners }))).toContain('signature.unknown_signer')
}
