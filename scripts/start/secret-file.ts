import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'

/** What the file holds; made first if it isn't there. Written whole, never overwritten, readable by its owner alone. */
export async function kept(file: string, make: () => string | Promise<string>): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => null)
  if (known !== null) return known.trim()
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${await make()}\n`, { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  return (await readFile(file, 'utf8')).trim()
}

/** Random characters: 256 bits. */
export function secret(): string {
  return randomBytes(32).toString('base64url')
}
