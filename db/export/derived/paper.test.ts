import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done, FINDING } from '../../database.test-support'
import { sampleActor } from '../../seed/actors'
import { askFor, readZip, type TestExports, testExports, zipOf } from '../export.test-support'

const canRead = spawnSync('pdftotext', ['-v']).status === 0
// Neither has a space at which a line could end.
const LONG = 'verylongword'.repeat(15)
const LINK = `https://vault.halden.example/${'a1b2c3d4/'.repeat(12)}end`

let test: TestExports
let folder: string
let pdf: string
beforeAll(async () => {
  test = await testExports()
  folder = await mkdtemp(join(tmpdir(), 'on-record-paper-'))
  pdf = join(folder, 'case.pdf')
  const order = { kind: 'case', stream: test.deps.newId('case') } as const
  const input = { ...FINDING, title: LONG }
  await done(test.deps, sampleActor('usr_hugo'), { ...order, command: 'promoteFinding', input })
  await done(test.deps, sampleActor('usr_ada'), { ...order, command: 'addComment', input: { text: LINK } })
  const id = await askFor(test, order.stream)
  await test.writeAll()
  const { reader, close } = await readZip(zipOf(test, id))
  const parts: Uint8Array[] = []
  for await (const part of reader.open('data/derived/case.pdf')) parts.push(part)
  await close()
  await writeFile(pdf, Buffer.concat(parts))
})
afterAll(async () => {
  await test?.close()
  await rm(folder, { recursive: true })
})

const read = (...options: string[]) =>
  execFileSync('pdftotext', [...options, pdf, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

describe.skipIf(!canRead)('a report on paper', () => {
  it('C43 has all of a long word or link, broken where the line ends', () => {
    const page = read('-bbox')
    const [width = 0] = [...page.matchAll(/<page width="([\d.]+)"/g)].map(([, points]) => Number(points))
    const ends = [...page.matchAll(/<word [^>]*xMax="([\d.]+)"/g)].map(([, points]) => Number(points))
    expect(ends.length).toBeGreaterThan(100)
    // The margin is 21 mm; a slanted letter may lean over its edge.
    expect(Math.max(...ends)).toBeLessThan(width - 50)
    const words = read().replace(/\s/g, '')
    expect(words).toContain(LONG)
    expect(words).toContain(LINK)
  })
})
