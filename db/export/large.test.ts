import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillRecord } from '@/bench/fill-record'
import {
  AUDITOR,
  askFor,
  failures,
  readZip,
  type TestExports,
  testExports,
  verdictOn,
  zipOf,
} from './export.test-support'

const EVENTS = 10_000

let test: TestExports
let id: string
let folder: string

beforeAll(async () => {
  test = await testExports()
  await fillRecord(test.admin, EVENTS)
  while ((await test.seal()) > 0);
  id = await askFor(test, { scope: 'everything' })
  await test.writeAll()
  folder = await unpacked(zipOf(test, id))
})
afterAll(() => test?.close())

/** What other people's tools say of a large export: none of them knows us. */
describe('an export of ten thousand events', () => {
  it('C29 verifies, whole', async () => {
    const report = await verdictOn(test, id)
    expect(failures(report)).toEqual([])
    expect(report).toMatchObject({ integrity: 'pass', completeness: 'pass' })
    const events = report.streams.reduce((sum, stream) => sum + stream.events, 0)
    expect(events).toBeGreaterThan(EVENTS)
  })

  it('C29 is what sha256sum reads', async () => {
    for (const list of ['tagmanifest-sha256.txt', 'manifest-sha256.txt'])
      expect(await run('sha256sum', ['-c', '--quiet', list])).toEqual({ code: 0, out: '' })
  })

  it('C29 carries a signature that ssh-keygen verifies', async () => {
    const signers = join(await mkdtemp(join(tmpdir(), 'on-record-signers-')), 'allowed_signers')
    await writeFile(signers, AUDITOR.allowedSigners ?? '')
    const args = ['-Y', 'verify', '-f', signers, '-I', 'record.example', '-n', 'onrecord-bundle@v1']
    const input = await readFile(join(folder, 'tagmanifest-sha256.txt'))
    const { code, out } = await run('ssh-keygen', [...args, '-s', 'tagmanifest-sha256.txt.sig'], input)
    expect(out).toMatch(/^Good "onrecord-bundle@v1" signature/)
    expect(code).toBe(0)
  })

  it('C29 is a bag that the Library of Congress’ bagit accepts', async ({ skip }) => {
    const present = await run('python3', ['-c', 'import bagit'])
    skip(present.code !== 0, 'Python’s bagit is not installed here.')
    expect(
      await run('python3', ['-c', 'import bagit, sys; bagit.Bag(sys.argv[1]).validate()', folder]),
    ).toMatchObject({ code: 0 })
  })

  it('C29 is a bag as RFC 8493 defines it, by a reading of it in another language', async ({ skip }) => {
    const present = await run('python3', ['--version'])
    skip(present.code !== 0, 'Python is not installed here.')
    expect(await run('python3', ['-c', RFC_8493, folder])).toEqual({ code: 0, out: '' })
  })
})

/** Section 3, "Valid Bag", with Python's standard library alone. */
const RFC_8493 = `
import hashlib, os, re, sys
root = sys.argv[1]
text = lambda name: open(os.path.join(root, name), encoding="utf-8").read()
def digest(name):
    h = hashlib.sha256()
    with open(os.path.join(root, name), "rb") as f:
        for part in iter(lambda: f.read(1 << 20), b""): h.update(part)
    return h.hexdigest()
def listed(name): return dict(reversed(re.fullmatch(r"([0-9a-f]{64}) [ *](.+)", line).groups()) for line in text(name).splitlines())
assert text("bagit.txt") == "BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n"
there = {os.path.relpath(os.path.join(d, f), root) for d, _, fs in os.walk(root) for f in fs}
payload = {name for name in there if name.startswith("data/")}
manifest, tags = listed("manifest-sha256.txt"), listed("tagmanifest-sha256.txt")
assert set(manifest) == payload, set(manifest) ^ payload
for name, expected in {**manifest, **tags}.items(): assert digest(name) == expected, name
oxum = re.search(r"^Payload-Oxum: (\\d+)\\.(\\d+)$", text("bag-info.txt"), re.M).groups()
size = sum(os.path.getsize(os.path.join(root, name)) for name in payload)
assert oxum == (str(size), str(len(payload))), oxum
assert "fetch.txt" not in there
`

async function unpacked(zip: string): Promise<string> {
  const target = await mkdtemp(join(tmpdir(), 'on-record-bag-'))
  const { reader, close } = await readZip(zip)
  for (const path of reader.paths) {
    const parts: Uint8Array[] = []
    for await (const part of reader.open(path)) parts.push(part)
    await mkdir(dirname(join(target, path)), { recursive: true })
    await writeFile(join(target, path), Buffer.concat(parts))
  }
  await close()
  return target
}

function run(program: string, args: string[], input?: Uint8Array): Promise<{ code: number; out: string }> {
  return new Promise((done) => {
    const child = execFile(program, args, { cwd: folder }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? 127 : 0, out: out + err })
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input ?? '')
  })
}
