import { access, type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** Where new passwords go: a file for each, mode 0600, named in the receipt. Its content is in no receipt, log or output. */
export type Sink = {
  /** Kept before the change, so that a crash right after it loses nothing; once for each warrant. */
  readonly keep: (role: string, jti: string, password: string) => Promise<void>
  /** The change was made: the file gets its final name, which is returned. */
  readonly release: (role: string, jti: string) => Promise<string>
  /** The change was not made and never will be. */
  readonly discard: (role: string, jti: string) => Promise<void>
  /** The released password, while nobody has taken it away. */
  readonly peek: (role: string, jti: string) => Promise<string | null>
}

export function fileSink(folder: string): Sink {
  const released = (role: string, jti: string) => join(folder, `${role}.${jti}.password`)
  const pending = (role: string, jti: string) => `${released(role, jti)}.pending`
  return {
    async keep(role, jti, password) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      if (await exists(released(role, jti))) throw new Error('This warrant has its password already.')
      const file = await open(pending(role, jti), 'wx', 0o600)
      await withFile(file, async () => {
        await file.writeFile(`${password}\n`)
        await file.sync()
      })
    },
    async release(role, jti) {
      if (!(await exists(released(role, jti))))
        await rename(pending(role, jti), released(role, jti)).catch(ignoreMissing)
      return basename(released(role, jti))
    },
    discard: (role, jti) => rm(pending(role, jti), { force: true }),
    peek: async (role, jti) =>
      (await readFile(released(role, jti), 'utf8').catch(() => null))?.trim() ?? null,
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function withFile(file: FileHandle, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } finally {
    await file.close()
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
