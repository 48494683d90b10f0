import { mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from '../durable'

/** The last checkpoint that was signed, kept outside the database: the memory that a restored backup doesn't reach. */
export type Kept = {
  read(org: string): Promise<string | null>
  write(org: string, note: string): Promise<void>
  /** Sets it aside, under another name: what comes is another log. */
  retire(org: string, size: number): Promise<void>
}

export function keptIn(folder: string): Kept {
  const path = (org: string) => join(folder, `${org}.checkpoint`)
  return {
    async read(org) {
      try {
        return await readFile(path(org), 'utf8')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw error
      }
    },
    async retire(org, size) {
      await rename(path(org), join(folder, `${org}.${size}.retired`))
    },
    async write(org, note) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeDurably(path(org), note)
    },
  }
}
