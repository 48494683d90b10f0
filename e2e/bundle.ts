import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { openBundle } from '@/scripts/verify/open'
import type { Api } from './api'

const HOME = join(import.meta.dirname, '..')
export type Ran = { code: number; out: string }

/** The bundled verifier: one file, as it lies in every export and in dist/. */
export function verify(bundle: string, ...options: string[]): Promise<Ran> {
  return run(process.execPath, [join(HOME, 'dist', 'verify.mjs'), bundle, ...options], HOME)
}

/** The case as its auditor gets it, in a file. */
export async function exported(auditor: Api, id: string): Promise<string> {
  const answer = await auditor.ask(`/api/v1/cases/${id}/export`, { purpose: 'Yearly audit' })
  const zip = join(await mkdtemp(join(tmpdir(), 'on-record-export-')), 'case.zip')
  await writeFile(zip, await answer.body())
  return zip
}

/** The folder as a zip. */
export async function packed(folder: string): Promise<string> {
  const zip = new ZipFile()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (entry.isFile()) zip.addFile(file, relative(folder, file))
  }
  zip.end()
  const path = join(await mkdtemp(join(tmpdir(), 'on-record-packed-')), 'bundle.zip')
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}

/** The zip as a folder, for tools that read folders. */
export async function unpacked(zip: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'on-record-bundle-'))
  const bundle = await openBundle(zip)
  for (const path of bundle.reader.paths) {
    const parts: Uint8Array[] = []
    for await (const part of bundle.reader.open(path)) parts.push(part)
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), Buffer.concat(parts))
  }
  await bundle.close()
  return folder
}

/** A copy in which one file says something else. */
export async function tampered(folder: string, file: string, from: RegExp, to: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'on-record-tampered-'))
  await cp(folder, copy, { recursive: true })
  const before = await readFile(join(copy, file), 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${file} has nothing like ${from}`)
  await writeFile(join(copy, file), after)
  return copy
}

/** `sha256sum -c` of both lists, as the bundle's own README says. */
export async function digestsAgree(folder: string): Promise<Ran> {
  const tags = await run('sha256sum', ['-c', '--quiet', 'tagmanifest-sha256.txt'], folder)
  return tags.code === 0 ? run('sha256sum', ['-c', '--quiet', 'manifest-sha256.txt'], folder) : tags
}

/** `ssh-keygen -Y verify`, with the line of allowed signers that the README names. */
export async function signatureAgrees(folder: string): Promise<Ran & { key: string; signers: string }> {
  const readme = await readFile(join(folder, 'data', 'README.txt'), 'utf8')
  const line = /^ {3}(\S+ namespaces="[^"]+" ssh-ed25519 \S+)$/m.exec(readme)?.[1] ?? ''
  const [principal = ''] = line.split(' ')
  const namespace = /namespaces="([^"]+)"/.exec(line)?.[1] ?? ''
  const outside = await mkdtemp(join(tmpdir(), 'on-record-signers-'))
  const signers = join(outside, 'allowed_signers')
  await writeFile(signers, `${line}\n`)
  await writeFile(join(outside, 'key.pub'), `${line.split(' ').slice(-2).join(' ')}\n`)
  const printed = await run('ssh-keygen', ['-l', '-f', join(outside, 'key.pub')], outside)
  const verified = await run(
    'ssh-keygen',
    ['-Y', 'verify', '-f', signers, '-I', principal, '-n', namespace, '-s', 'tagmanifest-sha256.txt.sig'],
    folder,
    await readFile(join(folder, 'tagmanifest-sha256.txt')),
  )
  return { ...verified, key: printed.out.split(' ')[1] ?? '', signers }
}

/** The README's own commands for an approval, with nothing but openssl: what they say, and the challenge that they print. */
export async function openssl(folder: string, approval: string): Promise<Ran & { challenge: string }> {
  const readme = await readFile(join(folder, 'data', 'README.txt'), 'utf8')
  const commands = /cd data\/approvals\/ID\n([\s\S]*?)\n\n/.exec(readme)?.[1] ?? 'exit 1'
  const ran = await run('bash', ['-e', '-c', commands], join(folder, 'data', 'approvals', approval))
  return { ...ran, challenge: ran.out.trim().split('\n').at(-1) ?? '' }
}

/** What an auditor writes down once: the log's key, from where the organisation publishes it. */
export async function ownPolicy(logKey: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'on-record-policy-')), 'policy')
  await writeFile(file, `log ${logKey}\nquorum none\n`)
  return file
}

function run(program: string, args: string[], cwd: string, input?: Uint8Array): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = execFile(program, args, { cwd }, (error, out, err) => {
      if (error && typeof error.code !== 'number') fail(error)
      else done({ code: Number(error?.code ?? 0), out: out + err })
    })
    // It may have ended before it read what it was given.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input ?? '')
  })
}
