import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentFiles } from '../../db/content/files'

const MEGABYTE = 1024 * 1024
let folder: string
let mounted = false
let why = ''

/** A disk of 72 MB: of these the store leaves 64 free. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-record-disk-'))
  await mkdir(join(folder, 'content'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=72m', 'tmpfs', join(folder, 'content')], {
      stdio: 'pipe',
    })
    mounted = true
  } catch (error) {
    why = `a small disk can't be mounted here: ${error instanceof Error ? error.message.split('\n')[0] : error}`
  }
})
afterAll(async () => {
  if (mounted) execFileSync('umount', [join(folder, 'content')])
  await rm(folder, { recursive: true, force: true })
})

function parts(megabytes: number): Uint8Array[] {
  return Array.from({ length: megabytes }, () => new Uint8Array(MEGABYTE).fill(1))
}

describe('a full disk', () => {
  it('that fills up in the middle of an upload leaves nothing of it behind', async (test) => {
    if (!mounted) return test.skip(why)
    const store = contentFiles(folder)
    expect(await store.keep('org_halden', parts(80), 100 * MEGABYTE)).toEqual({ notKept: 'no_space' })
    expect(await readdir(join(folder, 'content', 'org_halden'))).toEqual([])
  })

  it('refuses an upload before the last room is taken, and takes one again when there is room', async (test) => {
    if (!mounted) return test.skip(why)
    const store = contentFiles(folder)
    const kept = await store.keep('org_halden', parts(9), 100 * MEGABYTE)
    expect(kept).toMatchObject({ bytes: 9 * MEGABYTE })
    expect(await store.keep('org_halden', parts(1), 100 * MEGABYTE)).toEqual({ notKept: 'no_space' })
    if ('sha256' in kept)
      await rm(join(folder, 'content', 'org_halden', kept.sha256.slice(0, 2), kept.sha256))
    expect(await store.keep('org_halden', parts(1), 100 * MEGABYTE)).toMatchObject({ bytes: MEGABYTE })
  })
})
