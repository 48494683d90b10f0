import { spawnSync } from 'node:child_process'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Encrypts the data keys under which private keys lie on disk, as a key management service does: `wrap` and `unwrap`, bound to what the key
 * is for. Both answer at once: a process opens a key when it starts, or when one was rotated, and can do nothing before it has it.
 */
export type KeyWrapper = {
  /** For sentences: `ON_RECORD_KEY_ENCRYPTION_KEY`. */
  readonly name: string
  /** @throws WrapperFailed */
  readonly wrap: (dataKey: Uint8Array, context: KeyContext) => string
  /** @throws WrapperFailed where it was wrapped under another key, or for another purpose or kid */
  readonly unwrap: (wrapped: string, context: KeyContext) => Uint8Array
}

export type KeyContext = { readonly purpose: string; readonly kid: string }

/** What can't be wrapped or unwrapped; the message is a sentence. */
export class WrapperFailed extends Error {
  override readonly name = 'WrapperFailed'
}

type Environment = Readonly<Record<string, string | undefined>>

export const ENCRYPTION_KEY = 'ON_RECORD_KEY_ENCRYPTION_KEY'
export const KMS_COMMAND = 'ON_RECORD_KMS_COMMAND'

/** The variables that hold the one or the other: sentences name what somebody has set. */
export type WrapperNames = { readonly key: string; readonly command: string }
export const WRAPPER_NAMES: WrapperNames = { key: ENCRYPTION_KEY, command: KMS_COMMAND }

/** The wrapper that the environment names, or null where it names none. @throws WrapperFailed */
export function wrapperOf(env: Environment, names = WRAPPER_NAMES): KeyWrapper | null {
  const [key, command] = [env[names.key], env[names.command]]
  if (key && command)
    throw new WrapperFailed(`Set ${names.key} or ${names.command}, not both: keys are encrypted under one.`)
  if (command) return commandWrapper(command, names.command)
  return key ? localWrapper(keyBytes(key, names.key), names.key) : null
}

/** @throws WrapperFailed */
export function keyBytes(text: string, name = ENCRYPTION_KEY): Uint8Array {
  const key = Buffer.from(text, 'base64url')
  if (!/^[A-Za-z0-9_-]{43}$/.test(text) || key.length !== 32)
    throw new WrapperFailed(`${name} must be 32 random bytes in base64url: 43 characters.`)
  return new Uint8Array(key)
}

/**
 * The key for one folder's files: HKDF-SHA-256 (RFC 5869) of the installation's. Each process is told its own folder's alone, so that the web
 * application can't open the log's key even where it could read the file.
 */
export function folderKey(master: Uint8Array, folder: 'application' | 'sequencer'): string {
  const derived = hkdfSync('sha256', master, new Uint8Array(0), `on-record keys of the ${folder}`, 32)
  return Buffer.from(derived).toString('base64url')
}

/** iv || tag || ciphertext, base64url: AES-256-GCM (NIST SP 800-38D) with the purpose and the kid as additional data. */
export function localWrapper(key: Uint8Array, name = ENCRYPTION_KEY): KeyWrapper {
  return {
    name,
    wrap: (dataKey, context) => Buffer.from(encrypt(key, dataKey, aadOf(context))).toString('base64url'),
    unwrap: (wrapped, context) => decrypt(key, Buffer.from(wrapped, 'base64url'), aadOf(context)),
  }
}

const IV_BYTES = 12
const TAG_BYTES = 16

export function encrypt(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(aad)
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), text]))
}

/** @throws WrapperFailed where key, additional data or ciphertext is another */
export function decrypt(key: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Uint8Array {
  try {
    const [iv, tag] = [sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)]
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    decipher.setAAD(aad).setAuthTag(tag)
    const text = sealed.subarray(IV_BYTES + TAG_BYTES)
    return new Uint8Array(Buffer.concat([decipher.update(text), decipher.final()]))
  } catch {
    throw new WrapperFailed('It was encrypted under another key, or for another purpose, or changed since.')
  }
}

export function aadOf({ purpose, kid }: KeyContext): Uint8Array {
  return new TextEncoder().encode(`on-record-key/v1\n${purpose}\n${kid}\n`)
}

const COMMAND_MS = 20_000
const LONGEST_ANSWER = 16_384

/**
 * A program that speaks to a key management service: `<command> wrap|unwrap <purpose> <kid>`, base64url on stdin and on stdout, exit code 0.
 * The words are handed over as they are; no shell reads them.
 */
export function commandWrapper(command: string, name = KMS_COMMAND): KeyWrapper {
  const [program = '', ...words] = command.trim().split(/\s+/)
  const ask = (what: 'wrap' | 'unwrap', input: string, { purpose, kid }: KeyContext) => {
    const limits = { timeout: COMMAND_MS, maxBuffer: LONGEST_ANSWER }
    const { status, stdout } = spawnSync(
      /* turbopackIgnore: true */ program,
      [...words, what, purpose, kid],
      {
        ...limits,
        input: `${input}\n`,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    )
    const answer = stdout?.trim() ?? ''
    if (status === 0 && /^[A-Za-z0-9_-]+$/.test(answer)) return answer
    throw new WrapperFailed(`${name} could not ${what} the ${purpose} key ${kid}.`)
  }
  return {
    name,
    wrap: (dataKey, context) => ask('wrap', Buffer.from(dataKey).toString('base64url'), context),
    unwrap: (wrapped, context) => new Uint8Array(Buffer.from(ask('unwrap', wrapped, context), 'base64url')),
  }
}
