import { concat, u64, utf8 } from './bytes'
import { NOTE_COSIGNATURE, type Note, type NoteKey, type NoteSignature, noteKey, signaturesBy } from './note'
import { ed25519Signer, ed25519Verify } from './signature'

// C2SP tlog-cosignature, version 1 (Ed25519): a witness says that it saw this checkpoint, consistent with all before.

export type Cosigner = NoteKey & { readonly cosign: (checkpointText: string, time: number) => NoteSignature }

/** A witness's signer (type 0x04) from a 32-byte Ed25519 seed. Times are seconds since 1970. */
export function cosigner(name: string, seed: Uint8Array): Cosigner {
  const signer = ed25519Signer(seed)
  const key = noteKey(name, NOTE_COSIGNATURE, signer.publicKey)
  const cosign = (text: string, time: number) => ({
    name,
    keyId: key.id,
    signature: concat(u64(time), signer.sign(cosignedMessage(text, time))),
  })
  return { ...key, cosign }
}

/** message = "cosignature/v1\ntime " || t || "\n" || checkpoint text. */
export function cosignedMessage(checkpointText: string, time: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${checkpointText}`)
}

export type CosignatureVerdict =
  | { readonly verdict: 'cosigned'; readonly time: number }
  | { readonly verdict: 'not_signed' | 'bad_signature' }

/** Whether a witness cosigned the note, and when. signature = u64be(time) || Ed25519(message). */
export function checkCosignature(key: NoteKey, note: Note): CosignatureVerdict {
  const claimed = signaturesBy(key, note)
  if (claimed.length === 0) return { verdict: 'not_signed' }
  const times = claimed.map(({ signature }) => cosignatureTime(key, note.text, signature))
  const [time] = times
  return time == null || times.includes(null) ? { verdict: 'bad_signature' } : { verdict: 'cosigned', time }
}

function cosignatureTime(key: NoteKey, text: string, signature: Uint8Array): number | null {
  if (key.type !== NOTE_COSIGNATURE || signature.length !== 72) return null
  const time = Number(new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0))
  if (!Number.isSafeInteger(time)) return null
  return ed25519Verify(key.publicKey, cosignedMessage(text, time), signature.subarray(8)) ? time : null
}
