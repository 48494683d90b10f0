import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Files, readerOf } from '../../lib/record/folder.test-support'
import { verifyBundle } from '../../lib/record/verify'

export const hasPython = spawnSync('python3', ['--version']).status === 0

/** Each bundle in a folder, one after the other. */
const EACH = `
import contextlib, io, json, os, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import verify
found = []
for name in sorted(os.listdir(sys.argv[2]), key=int):
    with contextlib.redirect_stdout(io.StringIO()) as said:
        verify.main(os.path.join(sys.argv[2], name), sys.argv[3])
    found.append(said.getvalue())
print(json.dumps(found))`

/**
 * What the verifier in Python says is wrong with each bundle, and (in brackets) not shown: codes of section 8, sorted, each once.
 * @throws where the program fails: whatever a bundle has in it, it is told what is wrong
 */
export function secondOpinions(bundles: readonly Files[], ownPolicy: string): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'second-verifier-'))
  try {
    for (const [name, files] of bundles.entries()) unpack(files, join(folder, 'bags', String(name)))
    writeFileSync(join(folder, 'policy'), ownPolicy)
    const said = python(EACH, join(folder, 'bags'), join(folder, 'policy')) as string[]
    return said.map(codesIn)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function unpack(files: Files, bag: string): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(bag, path)), { recursive: true })
    writeFileSync(join(bag, path), bytes)
  }
}

function codesIn(said: string): string[] {
  const found = said.split('\n').map((line) => line.split('  ')[0] ?? '')
  return [...new Set(found.filter((code) => /^\(?[a-z_]+\./.test(code)))].sort()
}

/** What a few lines of Python print, with `verify.py` at hand. */
export function python(program: string, ...words: string[]): unknown {
  const how = { encoding: 'utf8', maxBuffer: 2 ** 26 } as const
  const { stdout, stderr } = spawnSync('python3', ['-c', program, import.meta.dirname, ...words], how)
  if (stderr !== '') throw new Error(stderr)
  return JSON.parse(stdout)
}

/** What it leaves out, as it says itself. */
const LEFT_OUT =
  /^(?:bag|manifest|signature|evidence|warrant|anchor|kept)\.|^action\.(?:without_warrant|executed_twice)$|^(?:log\.forked|head\.mismatch|consistency\.malformed)$/

const NOTED = ['policy_set.missing', 'approval.issuer_keys_copied', 'log.not_shown']

/** What our own says of it, as far as the other one looks. */
export async function firstOpinion(files: Files, ownPolicy: string): Promise<string[]> {
  const { findings } = await verifyBundle(readerOf(files), { policy: ownPolicy })
  const failures = findings.filter(({ level, code }) => level === 'fail' && !LEFT_OUT.test(code))
  const missing = findings.filter(({ code }) => NOTED.includes(code))
  return [...new Set([...failures.map(({ code }) => code), ...missing.map(({ code }) => `(${code})`)])].sort()
}
