import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'

/** What a private key's file is called: `<kid>.key`. */
export const KEY_ENDING = '.key'
const DRAFT = /\.key\.[0-9a-f]{12}$/

export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** Whether this is what `writeDraft` makes: where nobody is about to put it in its place, nobody will. */
export function isDraft(name: string): boolean {
  return DRAFT.test(name)
}

/** Beside the file, on the disk when this answers, for its owner alone; its own name. */
export function writeDraft(file: string, text: string): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = openSync(/* turbopackIgnore: true */ draft, 'wx', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return draft
}

/** Whole or not at all, for its owner alone; where two write at once, the first stays. */
export function writeOnce(file: string, text: string): void {
  const draft = writeDraft(file, text)
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
