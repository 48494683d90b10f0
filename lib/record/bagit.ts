import { malformed } from './malformed'

// BagIt 1.0, RFC 8493, restricted: SHA-256, names in [A-Za-z0-9._/-], no fetch.txt.

export const BAGIT = 'bagit.txt'
export const BAG_INFO = 'bag-info.txt'
export const MANIFEST = 'manifest-sha256.txt'
export const TAG_MANIFEST = 'tagmanifest-sha256.txt'
export const TAG_MANIFEST_SIGNATURE = 'tagmanifest-sha256.txt.sig'

/** RFC 8493 2.1.1. */
export const BAGIT_DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

/** Whether a name is safe on every file system: no spaces, no `..`, no leading slash, no empty parts. */
export function isSafePath(path: string): boolean {
  return /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/.test(path) && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(path)
}

/** `<hex digest>  <path>`: what `sha256sum -c` reads, RFC 8493 2.1.3. */
export function manifestLine(digest: string, path: string): string {
  return `${digest}  ${path}\n`
}

/** Digests by path. @throws Malformed `bad_manifest`, `unsafe_path`, `duplicate_path` */
export function parseManifest(text: string): Map<string, string> {
  const lines = text.split('\n')
  if (lines.pop() !== '') throw malformed('bad_manifest', 'The manifest ends in the middle of a line.')
  const digests = new Map<string, string>()
  for (const line of lines) {
    const [, digest, path] = /^([0-9a-f]{64}) [ *](\S+)$/.exec(line) ?? []
    if (digest === undefined || path === undefined)
      throw malformed('bad_manifest', `Not a manifest's line: ${line}`)
    if (!isSafePath(path)) throw malformed('unsafe_path', `The manifest has an unsafe name: ${path}`)
    if (digests.has(path)) throw malformed('duplicate_path', `The manifest has ${path} twice.`)
    digests.set(path, digest)
  }
  return digests
}

/** A value of bag-info.txt goes on one line: RFC 8493 2.2.2. */
export function infoLine(label: string, value: string): string {
  return `${label}: ${value.replace(/\s+/g, ' ').trim()}\n`
}

/** Payload-Oxum: bytes and files of the payload, RFC 8493 2.2.2. */
export function parseOxum(bagInfo: string): { readonly bytes: number; readonly files: number } | null {
  const [, bytes, files] = /^Payload-Oxum: (\d+)\.(\d+)\s*$/m.exec(bagInfo) ?? []
  return bytes === undefined || files === undefined ? null : { bytes: Number(bytes), files: Number(files) }
}
