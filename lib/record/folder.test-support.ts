import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { BAG_INFO, BAGIT, MANIFEST, manifestLine, TAG_MANIFEST, TAG_MANIFEST_SIGNATURE } from './bagit'
import { fromUtf8, utf8 } from './bytes'
import { sha256Hex } from './digest'
import { ed25519Signer } from './signature'
import { BUNDLE_NAMESPACE, sshsigSign } from './sshsig'
import type { BundleReader } from './verify'

/** A bundle in memory, for tests to tamper with. */
export type Files = Map<string, Uint8Array>

export function readFolder(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const paths = names.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  return new Map(paths.map((path) => [path, new Uint8Array(readFileSync(join(folder, path)))]))
}

/** @param chunk in pieces of this size, to find what breaks at their edges */
export function readerOf(files: Files, chunk = 64 * 1024): BundleReader {
  async function* open(path: string) {
    const bytes = files.get(path)
    if (!bytes) throw new Error(`no ${path}`)
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  }
  return { paths: [...files.keys()], open }
}

export function edit(files: Files, path: string, change: (text: string) => string): void {
  const before = fromUtf8(files.get(path) ?? new Uint8Array(0))
  const after = change(before)
  if (before === after) throw new Error(`nothing in ${path} was changed`)
  files.set(path, utf8(after))
}

export function editLines(files: Files, path: string, change: (lines: string[]) => string[]): void {
  edit(files, path, (text) => `${change(text.trimEnd().split('\n')).join('\n')}\n`)
}

/** Whoever tampers with a bundle can make its manifests right again, and sign them with a key of their own. */
export function reseal(files: Files): void {
  const payload = [...files].filter(([path]) => path.startsWith('data/'))
  const bytes = payload.reduce((sum, [, content]) => sum + content.length, 0)
  edit(files, BAG_INFO, (text) =>
    text.replace(/Payload-Oxum: .*|$/, `Payload-Oxum: ${bytes}.${payload.length}\n`),
  )
  const list = (entries: [string, Uint8Array][]) =>
    utf8(entries.map(([path, content]) => manifestLine(sha256Hex(content), path)).join(''))
  files.set(MANIFEST, list(payload))
  const tags = [BAG_INFO, BAGIT, MANIFEST].map((path): [string, Uint8Array] => [
    path,
    files.get(path) ?? utf8(''),
  ])
  files.set(TAG_MANIFEST, list(tags))
  const signer = ed25519Signer(new Uint8Array(32).fill(66))
  files.set(TAG_MANIFEST_SIGNATURE, utf8(sshsigSign(signer, BUNDLE_NAMESPACE, list(tags))))
}
