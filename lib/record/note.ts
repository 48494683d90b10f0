import { fromBase64, toBase64 } from './base64'
import { concat, equal, fromHex, fromUtf8, toHex, utf8 } from './bytes'
import { sha256 } from './digest'
import { malformed } from './malformed'
import { ed25519Signer, ed25519Verify } from './signature'

// C2SP signed-note: a text that ends in a newline, an empty line, then one line for each signature.

/** Ed25519 over the text itself; Ed25519 over the text with a time (C2SP tlog-cosignature). */
export const NOTE_ED25519 = 0x01
export const NOTE_COSIGNATURE = 0x04

export type NoteKey = {
  readonly name: string
  readonly type: number
  /** 4 bytes: SHA-256(name || 0x0A || type || public key)[:4]. */
  readonly id: Uint8Array
  readonly publicKey: Uint8Array
}

export type NoteSignature = {
  readonly name: string
  readonly keyId: Uint8Array
  readonly signature: Uint8Array
}

export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }

const MAX_SIGNATURES = 100

export function noteKey(name: string, type: number, publicKey: Uint8Array): NoteKey {
  if (!isKeyName(name))
    throw malformed('bad_key_name', `${JSON.stringify(name)} cannot be the name of a key.`)
  const id = sha256(concat(utf8(`${name}\n`), new Uint8Array([type]), publicKey)).subarray(0, 4)
  return { name, type, id, publicKey }
}

/** vkey = name || "+" || hex(key id) || "+" || base64(type || public key). */
export function formatVkey({ name, type, id, publicKey }: NoteKey): string {
  return `${name}+${toHex(id)}+${toBase64(concat(new Uint8Array([type]), publicKey))}`
}

/** @throws Malformed `bad_vkey` */
export function parseVkey(vkey: string): NoteKey {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? []
  if (name === undefined || id === undefined || encoded === undefined) throw badVkey(vkey)
  const [type, ...publicKey] = fromBase64(encoded)
  if (type === undefined || publicKey.length === 0) throw badVkey(vkey)
  const key = noteKey(name, type, new Uint8Array(publicKey))
  if (!equal(key.id, fromHex(id))) throw badVkey(vkey)
  return key
}

export type NoteSigner = NoteKey & { readonly sign: (text: string) => NoteSignature }

/** A signer of notes (type 0x01) from a 32-byte Ed25519 seed. */
export function noteSigner(name: string, seed: Uint8Array): NoteSigner {
  const signer = ed25519Signer(seed)
  const key = noteKey(name, NOTE_ED25519, signer.publicKey)
  return { ...key, sign: (text) => ({ name, keyId: key.id, signature: signer.sign(utf8(text)) }) }
}

/** `— <name> <base64(key id || signature)>\n`, with U+2014. */
export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  return `\u2014 ${name} ${toBase64(concat(keyId, signature))}\n`
}

export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`
}

/** The signed bytes are the text with its final newline, without the empty line. */
export function signNote(text: string, ...signers: readonly NoteSigner[]): string {
  checkText(text)
  return formatNote({ text, signatures: signers.map((signer) => signer.sign(text)) })
}

/** @throws Malformed `bad_note`, `invalid_utf8`, `invalid_base64` */
export function parseNote(note: Uint8Array | string): Note {
  const whole = typeof note === 'string' ? note : fromUtf8(note)
  const gap = whole.lastIndexOf('\n\n')
  if (gap < 0 || !whole.endsWith('\n') || gap + 2 >= whole.length) throw badNote('has no signature')
  const text = whole.slice(0, gap + 1)
  checkText(text)
  return { text, signatures: parseSignatureLines(whole.slice(gap + 2)) }
}

/** @throws Malformed `bad_note` */
export function parseSignatureLines(lines: string): NoteSignature[] {
  const found = lines.split('\n')
  if (found.pop() !== '' || found.length > MAX_SIGNATURES)
    throw badNote('has broken or too many signature lines')
  return found.map(parseSignatureLine)
}

function parseSignatureLine(line: string): NoteSignature {
  const [, name, encoded] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? []
  if (name === undefined || encoded === undefined || !isKeyName(name))
    throw badNote('has a broken signature line')
  const bytes = fromBase64(encoded)
  if (bytes.length < 5) throw badNote('has a signature that is too short')
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) }
}

/** The signatures in a note that claim this key, by name and key id. */
export function signaturesBy(key: NoteKey, { signatures }: Note): readonly NoteSignature[] {
  return signatures.filter(({ name, keyId }) => name === key.name && equal(keyId, key.id))
}

export type NoteVerdict = 'signed' | 'not_signed' | 'bad_signature'

/** Whether a note is signed with this key (type 0x01). A key's claimed signature that fails refuses the note. */
export function checkNote(key: NoteKey, note: Note): NoteVerdict {
  const claimed = signaturesBy(key, note)
  if (claimed.length === 0) return 'not_signed'
  const message = utf8(note.text)
  const good = claimed.every(
    ({ signature }) => key.type === NOTE_ED25519 && ed25519Verify(key.publicKey, message, signature),
  )
  return good ? 'signed' : 'bad_signature'
}

function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+\u0085]/u.test(name)
}

function checkText(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a note may hold no control character but the newline
  if (!text.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f\u007f]/.test(text))
    throw badNote('has no proper text')
}

function badNote(what: string) {
  return malformed('bad_note', `This signed note ${what}.`)
}

function badVkey(vkey: string) {
  return malformed('bad_vkey', `${JSON.stringify(vkey)} is not a verifier key.`)
}
