import { readFile } from 'node:fs/promises'
import type { VerifyOptions } from '../../lib/record/verify'

export const USAGE = `Usage: on-record verify <bundle.zip | folder> [options]

Checks an export of On Record, offline, and says three things: is what is here what was recorded (integrity), is all
of it here (completeness), and who vouches for it (authenticity).

  --policy FILE            the log keys and witnesses that you trust (C2SP tlog-policy). Without it the bundle's own
                           copy is used, and the answer is not independent
  --checkpoint FILE        a checkpoint of this log that you kept from before; may be given more than once
  --allowed-signers FILE   who may sign a bundle (OpenSSH's ALLOWED SIGNERS)
  --json                   the report as JSON
  --help                   this text

Exit code: 0 nothing failed, 1 verification failed, 2 wrong usage or unreadable. 0 is not yet "verified": without your
own policy, or where something cannot be shown, the report says so ("verified": false).
`

export type Given = {
  readonly bundle: string
  readonly policy?: string
  readonly allowedSigners?: string
  readonly checkpoints: readonly string[]
  readonly json: boolean
}

export type Parsed = Given | { readonly help: true } | { readonly mistake: string }

const WITH_FILE = {
  '--policy': 'policy',
  '--allowed-signers': 'allowedSigners',
  '--checkpoint': 'checkpoint',
} as const

export function parseArguments(words: readonly string[]): Parsed {
  const files: { policy?: string; allowedSigners?: string } = {}
  const checkpoints: string[] = []
  const bundles: string[] = []
  let json = false
  const rest = words[0] === 'verify' ? words.slice(1) : [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--help' || word === '-h') return { help: true }
    const option = Object.entries(WITH_FILE).find(([name]) => name === word)?.[1]
    if (option !== undefined) {
      const file = rest.shift()
      if (file === undefined) return { mistake: `${word} needs a file.` }
      if (option === 'checkpoint') checkpoints.push(file)
      else if (files[option] !== undefined) return { mistake: `${word} is given twice.` }
      else files[option] = file
    } else if (word === '--json') json = true
    else if (word.startsWith('--')) return { mistake: `There is no option ${word}.` }
    else bundles.push(word)
  }
  const [bundle, ...others] = bundles
  if (bundle === undefined || others.length > 0)
    return { mistake: 'Name one bundle: a zip file or a folder.' }
  return { bundle, ...files, checkpoints, json }
}

export async function readOptions({ policy, allowedSigners, checkpoints }: Given): Promise<VerifyOptions> {
  const read = (file: string) => readFile(file, 'utf8')
  return {
    policy: policy === undefined ? undefined : await read(policy),
    allowedSigners: allowedSigners === undefined ? undefined : await read(allowedSigners),
    checkpoints: await Promise.all(checkpoints.map(read)),
  }
}
