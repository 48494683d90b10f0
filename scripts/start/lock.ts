import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { type Born, born, isRunning } from './process'

export type Holder = Born & { readonly url: string }

/** One launcher for each data folder. @throws Error with a sentence that says who holds it */
export async function claim(
  file: string,
  url: string,
  taken: (holder: Holder) => string = already,
): Promise<{ release: () => Promise<void> }> {
  const self = await born(process.pid)
  if (!self)
    throw new Error("This system doesn't say when a process was started: On Record needs /proc or ps.")
  const draft = `${file}.${process.pid}`
  await writeFile(draft, JSON.stringify({ ...self, url } satisfies Holder), { mode: 0o600 })
  try {
    for (let attempt = 0; !(await linked(draft, file)); attempt++) {
      const other = await holder(file)
      if (other) throw new Error(taken(other))
      if (attempt > 20)
        throw new Error(
          `The file ${file} can't be taken over. Remove it if nothing runs on this data folder.`,
        )
      await rm(file, { force: true })
    }
  } finally {
    await rm(draft, { force: true })
  }
  return { release: () => rm(file, { force: true }) }
}

/** Who runs on this data folder, if anybody does. */
export async function holder(file: string): Promise<Holder | null> {
  const known = await read(file)
  return known && (await isRunning(known)) ? known : null
}

function already({ pid, url }: Holder): string {
  return `On Record is already running on this data folder, at ${url} (process ${pid}). Stop it first, or set ON_RECORD_DATA to another folder.`
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function read(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return null
  }
}
