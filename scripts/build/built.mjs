import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Where each part notes the digest of what it was built from; the note lies with the part, and goes when the part goes. */
const NOTES = { programs: 'dist/built-from', web: '.next/built-from' }

/**
 * @param {string} root
 * @param {keyof typeof NOTES} part
 * @returns {Promise<string | null>}
 */
export function builtAs(root, part) {
  return readFile(join(root, NOTES[part]), 'utf8').catch(() => null)
}

/**
 * @param {string} root
 * @param {keyof typeof NOTES} part
 * @param {string} digest
 */
export async function remember(root, part, digest) {
  const file = join(root, NOTES[part])
  await mkdir(dirname(file), { recursive: true })
  await writeFile(`${file}.new`, digest)
  await rename(`${file}.new`, file)
}
