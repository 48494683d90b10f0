import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { atBagRoot } from './bag-root'
import { concat, fromUtf8, utf8 } from './bytes'
import { readerOf } from './folder.test-support'
import { type Inflate, openZip } from './zip'

const folder = mkdtempSync(join(tmpdir(), 'zip-'))
afterAll(() => rmSync(folder, { recursive: true }))

const inflate: Inflate = async function* (compressed) {
  const chunks: Uint8Array[] = []
  for await (const chunk of compressed) chunks.push(chunk)
  yield new Uint8Array(inflateRawSync(concat(...chunks)))
}

const open = (bytes: Uint8Array) =>
  openZip(
    { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) },
    inflate,
  )

async function unpack(bytes: Uint8Array): Promise<Record<string, string>> {
  const reader = await open(bytes)
  const files: Record<string, string> = {}
  for (const path of reader.paths) {
    const chunks: Uint8Array[] = []
    for await (const chunk of reader.open(path)) chunks.push(chunk)
    files[path] = fromUtf8(concat(...chunks))
  }
  return files
}

const long = 'ab'.repeat(2000)

function zipped(name: string, ...options: string[]): Uint8Array {
  const root = join(folder, name)
  for (const [path, content] of [
    ['a.txt', 'hello'],
    ['data/long.txt', long],
  ] as const) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  execFileSync('zip', ['-qrD', ...options, `../${name}.zip`, '.'], { cwd: root })
  return new Uint8Array(readFileSync(join(folder, `${name}.zip`)))
}

/** The first place in the zip where this record begins. */
const find = (bytes: Uint8Array, signature: number[]) => {
  for (let at = 0; at < bytes.length; at++)
    if (signature.every((byte, i) => bytes[at + i] === byte)) return at
  throw new Error('not found')
}
const CENTRAL = [0x50, 0x4b, 1, 2]
const END = [0x50, 0x4b, 5, 6]
const changed = (bytes: Uint8Array, at: number, ...values: number[]) => {
  const copy = bytes.slice()
  copy.set(values, at)
  return copy
}

describe('a zip', () => {
  it('is read as it was written, stored or deflated, with or without 64-bit sizes', async () => {
    const files = { 'a.txt': 'hello', 'data/long.txt': long }
    expect(await unpack(zipped('deflated'))).toEqual(files)
    expect(await unpack(zipped('stored', '-0'))).toEqual(files)
    expect(await unpack(zipped('large', '-fz'))).toEqual(files)
  })

  it('C35: with a link is refused', async () => {
    mkdirSync(join(folder, 'linked'))
    symlinkSync('/etc/passwd', join(folder, 'linked/passwd'))
    await expect(open(zipped('linked', '-y'))).rejects.toThrow('link')
  })

  it.each(['../pp', '/etcp', '..\\pp', 'a/./b', 'a\u0000txt', 'C:\\ab', 'a b.t'])(
    'C35: with a file named %j is refused',
    async (name) => {
      const renamed = Buffer.from(zipped('deflated')).toString('latin1').replaceAll('a.txt', name)
      await expect(open(new Uint8Array(Buffer.from(renamed, 'latin1')))).rejects.toThrow('unsafe name')
    },
  )

  it('C35: with a folder that lies elsewhere is refused, too', async () => {
    const root = join(folder, 'foldered')
    mkdirSync(join(root, 'abcd'), { recursive: true })
    execFileSync('zip', ['-qr', '../foldered.zip', 'abcd'], { cwd: root })
    const good = readFileSync(join(folder, 'foldered.zip'))
    expect((await open(new Uint8Array(good))).paths).toEqual([])
    const renamed = good.toString('latin1').replaceAll('abcd/', '../d/')
    await expect(open(new Uint8Array(Buffer.from(renamed, 'latin1')))).rejects.toThrow('unsafe name')
  })

  it('C35: whose files’ own headers say otherwise than its directory is refused', async () => {
    const good = zipped('deflated')
    const at = find(good, [0x50, 0x4b, 3, 4])
    for (const [place, value] of [
      [6, (good[at + 6] ?? 0) ^ 1],
      [8, (good[at + 8] ?? 0) ^ 8],
    ] as const)
      await expect(unpack(changed(good, at + place, value))).rejects.toThrow('packed in two ways')
  })

  it('C35: with one name twice is refused', async () => {
    mkdirSync(join(folder, 'pair'))
    for (const name of ['x1.txt', 'x2.txt']) writeFileSync(join(folder, 'pair', name), name)
    const pair = Buffer.from(zipped('pair')).toString('latin1').replaceAll('x2.txt', 'x1.txt')
    await expect(open(new Uint8Array(Buffer.from(pair, 'latin1')))).rejects.toThrow('twice')
  })

  it('C35: that yields more or less than it declares is refused', async () => {
    const good = zipped('deflated')
    const at = find(good, CENTRAL)
    for (const size of [1, 255]) {
      const claim = changed(good, at + 24, size, 0, 0, 0)
      await expect(unpack(claim)).rejects.toThrow(/larger|smaller|damaged/)
    }
  })

  it('C35: that would be a hundred times as large, and more than a gigabyte, is refused before it is read', async () => {
    const bomb = zipped('bomb')
    new DataView(bomb.buffer).setUint32(find(bomb, CENTRAL) + 24, 2 ** 31, true)
    await expect(open(bomb)).rejects.toThrow('times as large as it is')
  })

  it('C35: whose files overlap is refused', async () => {
    const good = zipped('stored', '-0')
    const first = find(good, CENTRAL)
    const rest = good.subarray(first + 4)
    const second = first + 4 + find(rest, CENTRAL)
    const offset = good.slice(first + 42, first + 46)
    await expect(open(changed(good, second + 42, ...offset))).rejects.toThrow('overlap')
  })

  it('C35: that is encrypted, compressed oddly, cut short or in parts is refused', async () => {
    const good = zipped('deflated')
    const [central, end] = [find(good, CENTRAL), find(good, END)]
    await expect(open(changed(good, central + 8, 1))).rejects.toThrow('encrypted')
    await expect(open(changed(good, central + 10, 99))).rejects.toThrow('unusual')
    await expect(open(good.subarray(0, -1))).rejects.toThrow('end record')
    await expect(open(good.subarray(1))).rejects.toThrow()
    await expect(open(changed(good, end + 4, 1))).rejects.toThrow('one part')
    await expect(open(changed(good, end + 10, 9))).rejects.toThrow('broken')
    await expect(open(changed(good, end + 10, 0xff, 0xff))).rejects.toThrow('64-bit')
    await expect(open(new Uint8Array(0))).rejects.toThrow('end record')
    await expect(unpack(changed(good, 0, 0))).rejects.toThrow('not where')
    await expect(unpack(changed(good, 30, 0x7a))).rejects.toThrow('two names')
  })

  it('is refused, not crashed on, wherever one byte of it is changed', async () => {
    const good = zipped('deflated')
    for (let at = 0; at < good.length; at++) {
      const bytes = changed(good, at, (good[at] ?? 0) ^ 0x41)
      await unpack(bytes).catch((thrown: unknown) => expect(thrown).toMatchObject({ name: 'Malformed' }))
    }
  })
})

describe("a bundle's folder", () => {
  const read = (...paths: string[]) =>
    atBagRoot(readerOf(new Map(paths.map((path) => [path, utf8(path)])))).paths

  it('is where bagit.txt is', () => {
    expect(read('bagit.txt', 'data/x')).toEqual(['bagit.txt', 'data/x'])
    expect(read('bundle/bagit.txt', 'bundle/data/x')).toEqual(['bagit.txt', 'data/x'])
  })

  it('is the only one', () => {
    expect(() => read('bundle/bagit.txt', 'other/x')).toThrow('outside')
    expect(() => read('a/b/bagit.txt')).toThrow('no bagit.txt')
    expect(() => read()).toThrow('no bagit.txt')
  })
})
