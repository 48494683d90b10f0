import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../db/durable'
import type { FileFloor } from './client'
import { TEN_KB } from './operation'
import { type Sample, sampled } from './sample'

const FOLDERS = 256

/** K: what it takes to keep a file of 10 kB for good. It is written and synced, then moved into one of many folders, and that is synced. */
export async function measureKeeping(
  { folder, clients, ...times }: FileFloor,
  begun: () => void,
): Promise<Sample> {
  const root = await mkdtemp(join(folder, 'bench-'))
  const folders = Array.from({ length: FOLDERS }, (_, index) => join(root, `${index}`))
  const bytes = randomBytes(TEN_KB)
  try {
    await Promise.all(folders.map((each) => mkdir(each)))
    return await sampled({ clients, ...times }, begun, async (client, count) => {
      const name = `${client}-${count}`
      const target = folders[(client * 331 + count * 7919) % FOLDERS] ?? root
      const file = await open(join(root, `${name}.draft`), 'wx')
      try {
        await file.write(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(join(root, `${name}.draft`), join(target, name))
      await syncFolder(target)
    })
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
