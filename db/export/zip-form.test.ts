import { execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import type { BundleFile } from '@/lib/record/bundle'
import { utf8 } from '@/lib/record/bytes'
import { readZip } from './export.test-support'
import { asZip } from './write'

async function* files(count: number): AsyncGenerator<BundleFile> {
  for (let number = 0; number < count; number++) {
    yield {
      path: `data/${number}.txt`,
      content: (async function* () {
        yield utf8(`this is ${number}`)
      })(),
    }
  }
}

async function written(count: number, wide: boolean): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'on-record-zip-')), 'x.zip')
  await pipeline(asZip(files(count), { wide }), createWriteStream(path))
  return path
}

describe('the zip of an export', () => {
  it('C29 of a great many files is whole, its directory too', async () => {
    const { reader, close } = await readZip(await written(3_000, false))
    expect(reader.paths.length).toBe(3_000)
    await close()
  })

  it('in its 64-bit form, as for files over 4 GB, is read by the verifier and by others', async () => {
    const path = await written(3, true)
    const { reader, close } = await readZip(path)
    for await (const part of reader.open('data/2.txt')) expect(Buffer.from(part).toString()).toBe('this is 2')
    await close()
    const said = execFileSync('python3', [
      '-c',
      'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).testzip())',
      path,
    ])
    expect(said.toString().trim()).toBe('None')
  })

  it('is the same when the same is written again', async () => {
    const [one, other] = await Promise.all([written(20, false), written(20, false)])
    expect((await readFile(one)).equals(await readFile(other))).toBe(true)
  })

  it('lets go of what it reads when nobody reads it any more', async () => {
    const state = { ended: false }
    async function* endless(): AsyncGenerator<BundleFile> {
      const content = (async function* () {
        try {
          for (;;) yield new Uint8Array(65_536).map(() => Math.random() * 256)
        } finally {
          state.ended = true
        }
      })()
      yield { path: 'data/endless', content }
    }
    const zip = asZip(endless())
    for await (const part of zip) if (part.length > 0) break
    await expect.poll(() => state.ended).toBe(true)
  })
})
