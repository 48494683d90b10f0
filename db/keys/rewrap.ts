import { readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isDraft, KEY_ENDING, namesIn, syncFolder, writeDraft } from './key-files'
import { openKey, type PrivateKey, sealKey } from './sealed-file'
import { type KeyWrapper, WrapperFailed } from './wrapper'

/** A folder of private keys, and what its files are encrypted under: by now, and from now on. */
export type Rewrapping = { readonly folder: string; readonly from: KeyWrapper; readonly to: KeyWrapper }
/** How many files are under the new key now: those that were encrypted anew, and those that had been already. */
export type Rewrapped = { readonly anew: number; readonly already: number }

type Found = {
  readonly purposeFolder: string
  readonly file: string
  readonly key: PrivateKey
  readonly isNew: boolean
}
type Ready = { readonly draft: string; readonly file: string; readonly purposeFolder: string }

/**
 * Encrypts every private key of these folders under another key. First all are opened, then all are written beside their files and opened
 * again; only then each takes its file's place, in one step for each. Killed before that, everything is as it was; killed in the middle, some
 * files are under the new key and some under the old one, and doing it again finishes it.
 * @throws WrapperFailed with a sentence, with nothing changed
 */
export function rewrap(folders: readonly Rewrapping[]): Rewrapped {
  for (const { folder } of folders) removeDrafts(folder)
  const found = folders.flatMap((each) =>
    filesIn(each.folder).map((file) => ({ ...each, found: opened(each, file) })),
  )
  const old = found.filter((each) => !each.found.isNew)
  const ready: Ready[] = []
  try {
    for (const { to, found: each } of old) ready.push(written(each, to))
  } catch (error) {
    for (const { draft } of ready) rmSync(draft, { force: true })
    throw error
  }
  for (const { draft, file, purposeFolder } of ready) {
    renameSync(draft, file)
    syncFolder(purposeFolder)
  }
  return { anew: ready.length, already: found.length - ready.length }
}

type Place = { readonly purpose: string; readonly kid: string; readonly purposeFolder: string }

/** `<folder>/<purpose>/<kid>.key`; what else lies there is none of ours. */
function filesIn(folder: string): Place[] {
  return purposesIn(folder).flatMap((purpose) =>
    namesIn(join(folder, purpose))
      .filter((name) => name.endsWith(KEY_ENDING))
      .map((name) => ({
        ...{ purpose, kid: name.slice(0, -KEY_ENDING.length), purposeFolder: join(folder, purpose) },
      })),
  )
}

function purposesIn(folder: string): string[] {
  return namesIn(folder).filter((name) => statSync(join(folder, name)).isDirectory())
}

/** What somebody who was killed had begun. */
function removeDrafts(folder: string): void {
  for (const purpose of purposesIn(folder))
    for (const name of namesIn(join(folder, purpose))) if (isDraft(name)) rmSync(join(folder, purpose, name))
}

/** Under the new key already, if it was done before; else under the old one. */
function opened({ from, to }: Rewrapping, { purpose, kid, purposeFolder }: Place): Found {
  const file = join(purposeFolder, `${kid}${KEY_ENDING}`)
  const text = readFileSync(file, 'utf8')
  try {
    return { purposeFolder, file, key: openKey(text, { purpose, kid }, from), isNew: false }
  } catch (error) {
    if (!(error instanceof WrapperFailed)) throw error
    try {
      return { purposeFolder, file, key: openKey(text, { purpose, kid }, to), isNew: true }
    } catch {
      throw error
    }
  }
}

/** Beside its file, and opened again: what can't be read later is found out now. */
function written({ file, key, purposeFolder }: Found, to: KeyWrapper): Ready {
  const draft = writeDraft(file, sealKey(key, to))
  const again = openKey(readFileSync(draft, 'utf8'), key, to)
  if (again.text === key.text && again.created === key.created) return { draft, file, purposeFolder }
  rmSync(draft, { force: true })
  throw new WrapperFailed(`The ${key.purpose} key ${key.kid} came out otherwise than it went in.`)
}
