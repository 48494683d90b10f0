import { TAG_MANIFEST, TAG_MANIFEST_SIGNATURE } from '../bagit'
import { fromBase64, toBase64 } from '../base64'
import { equal } from '../bytes'
import { sha256 } from '../digest'
import { orNull } from '../malformed'
import {
  allowedSignersLine,
  BUNDLE_NAMESPACE,
  parseAllowedSigners,
  parseSshsig,
  sshsigVerify,
} from '../sshsig'
import type { Context } from './context'
import { readAnyText, readBytes } from './reader'

const where = { file: TAG_MANIFEST_SIGNATURE }

/** Who packed the bundle: the SSH signature over the tag manifest. Says which key, and how far that is worth something. */
export async function checkBagSignature(context: Context, publishedKeys: readonly string[]): Promise<void> {
  const { reader, report, options } = context
  const [armoured, manifest] = [
    await readAnyText(reader, TAG_MANIFEST_SIGNATURE),
    await readBytes(reader, TAG_MANIFEST),
  ]
  if (armoured === null || manifest === null) {
    report.add('signature.missing', 'The bundle is not signed by whoever packed it.', where)
    return
  }
  const sshsig = orNull(() => parseSshsig(armoured))
  if (sshsig === null || !sshsigVerify(sshsig, BUNDLE_NAMESPACE, manifest)) {
    report.add('signature.bad', "The bundle's signature is not a signature over its tag manifest.", where)
    return
  }
  const name = keyBlob(sshsig.publicKey)
  if (publishedKeys.length > 0 && !publishedKeys.some((key) => key.includes(name))) {
    report.add(
      'signature.unpublished_key',
      'The bundle is signed with a key that was never published on the record.',
      where,
    )
  }
  if (options.allowedSigners === undefined) {
    report.add(
      'signature.own_key',
      `The bundle is signed with the key ${fingerprint(name)}; compare it with the published one.`,
      where,
    )
  } else if (
    !parseAllowedSigners(options.allowedSigners).some(({ publicKey }) => equal(publicKey, sshsig.publicKey))
  ) {
    report.add(
      'signature.unknown_signer',
      `The bundle is signed with ${fingerprint(name)}, which you don't allow.`,
      where,
    )
  }
}

/** The key as OpenSSH writes it. */
export function keyBlob(publicKey: Uint8Array): string {
  return allowedSignersLine('', publicKey).trim().split(' ').at(-1) ?? ''
}

// As `ssh-keygen -l` prints it.
export function fingerprint(blob: string): string {
  return `SHA256:${toBase64(sha256(fromBase64(blob))).replace(/=+$/, '')}`
}
