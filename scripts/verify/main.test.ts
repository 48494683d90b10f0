import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const SAMPLE = join(import.meta.dirname, '../../docs/vectors/sample-bag')
const folder = mkdtempSync(join(tmpdir(), 'verify-'))
const bag = join(folder, 'bag')
const policy = join(folder, 'policy')

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'main.ts')],
    outfile: join(folder, 'verify.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  })
  cpSync(SAMPLE, bag, { recursive: true })
  cpSync(join(SAMPLE, 'data/log/policy'), policy)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Somewhere else, with nothing in the environment. */
function verify(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    '/usr/bin/env',
    ['-i', process.execPath, join(folder, 'verify.mjs'), ...words],
    { cwd: '/' },
  )
  return { status, out: stdout.toString(), complaint: stderr.toString() }
}

function tampered(name: string, change: (copy: string) => void): string {
  const copy = join(folder, name)
  cpSync(bag, copy, { recursive: true })
  change(copy)
  return copy
}

describe('the verifier, as one file', () => {
  it('C29: needs nothing but what comes with Node.js', () => {
    const imports = [
      ...readFileSync(join(folder, 'verify.mjs'), 'utf8').matchAll(/^import .* from "([^"]+)"/gm),
    ].map(([, from]) => from)
    expect(imports.length).toBeGreaterThan(0)
    for (const from of imports) expect(from).toMatch(/^node:/)
  })

  it('C29: verifies the published bundle under the auditor’s own policy', () => {
    const { status, out } = verify('verify', bag, '--policy', policy)
    expect(out).toContain('case_01JNX7Q4ZP, 19 events, in the log onrecord.example/log/acme of 287 entries')
    expect(out).toMatch(/integrity {5}pass\n {2}completeness {2}pass\n {2}authenticity {2}pass/)
    expect(out).toContain('Verified, with auditor and peer as witnesses under your own policy.')
    expect(status).toBe(0)
  })

  it('does not call it verified under the bundle’s own policy', () => {
    const { status, out } = verify(bag)
    expect(out).toContain('authenticity  not shown')
    expect(out).not.toContain('Verified')
    expect(status).toBe(0)
  })

  it('C31: says which event is wrong', () => {
    const path = tampered('edited', (copy) => {
      const file = join(copy, 'data/events.ndjson')
      writeFileSync(file, readFileSync(file, 'utf8').replace('token valid', 'token stale'))
    })
    const { status, out } = verify(path, '--policy', policy)
    expect(out).toContain('integrity     FAIL')
    expect(out).toContain('entry.mismatch  data/events.ndjson:4, case_01JNX7Q4ZP event 3')
    expect(status).toBe(1)
  })

  it('reports to programs as well as to people', () => {
    const { out } = verify(
      bag,
      '--json',
      '--policy',
      policy,
      '--checkpoint',
      join(bag, 'data/anchors/280.checkpoint'),
    )
    const report = JSON.parse(out)
    expect(report).toMatchObject({
      integrity: 'pass',
      completeness: 'pass',
      authenticity: 'pass',
      verified: true,
    })
    expect(report.findings.map(({ code }: { code: string }) => code)).toContain('kept.consistent')
  })

  it('C24: refuses a bundle that contradicts a kept checkpoint', () => {
    const kept = join(folder, 'kept')
    writeFileSync(
      kept,
      readFileSync(join(bag, 'data/anchors/280.checkpoint'), 'utf8').replace('Rxkm', 'Rxkn'),
    )
    const { status, out } = verify(bag, '--policy', policy, '--checkpoint', kept)
    expect(out).toContain('log.forked')
    expect(status).toBe(1)
  })

  it('reads the same from a zip, with or without its folder', () => {
    execFileSync('zip', ['-qr', '../flat.zip', '.'], { cwd: bag })
    execFileSync('zip', ['-qr0', 'deep.zip', 'bag'], { cwd: folder })
    const expected = verify(bag, '--policy', policy)
    expect(verify(join(folder, 'flat.zip'), '--policy', policy)).toEqual(expected)
    expect(verify(join(folder, 'deep.zip'), '--policy', policy)).toEqual(expected)
  })

  it('explains itself', () => {
    expect(verify('--help')).toMatchObject({
      status: 0,
      out: expect.stringContaining('Usage: on-record verify'),
    })
  })

  it.each([
    [[], 'Name one bundle'],
    [['a', 'b'], 'Name one bundle'],
    [['a', '--policy'], '--policy needs a file'],
    [['a', '--surprise'], 'no option --surprise'],
    [['/nowhere'], 'no such file'],
    [['/dev/null'], 'neither a file nor a folder'],
    [[join(SAMPLE, 'data')], 'no bagit.txt'],
  ])('C35: says what is wrong with %j', (words, sentence) => {
    const { status, complaint } = verify(...words)
    expect(complaint).toContain(sentence)
    expect(complaint).not.toContain('    at ')
    expect(status).toBe(2)
  })

  it('C35: does not wait for what never comes', () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(verify(pipe)).toMatchObject({ status: 2, complaint: expect.stringContaining('neither a file') })
  })

  it('C35: follows no link', () => {
    const path = tampered('linked', (copy) => symlinkSync('/etc/passwd', join(copy, 'data/passwd')))
    expect(verify(path)).toMatchObject({ status: 2, complaint: expect.stringContaining('plain files only') })
  })

  it('C43: lets no name steer the terminal', () => {
    const path = tampered('escaped', (copy) =>
      renameSync(join(copy, 'data/README.txt'), join(copy, 'data/\u001b[2J\u202e.txt')),
    )
    const { status, out } = verify(path)
    expect(status).toBe(1)
    expect(out).not.toContain('\u001b')
    expect(out).toContain('\\u{1b}[2J\\u{202e}.txt')
  })
})
