import { fromHex } from '../record/bytes'
import { der, TAG } from '../record/der'
import { OID } from '../record/timestamp'

/**
 * A TimeStampReq (RFC 3161 2.4.1): SHA-256 of the message, a nonce, and the wish for the authority's certificate.
 * @param nonce 16 hexadecimal digits, the first of them from 1 to 7: a positive integer in its shortest form
 */
export function timestampRequest(imprint: Uint8Array, nonce: string): Uint8Array {
  if (!/^[1-7][0-9a-f]{15}$/.test(nonce) || imprint.length !== 32)
    throw new TypeError('not a nonce, or not a digest')
  const algorithm = der(TAG.sequence, der(TAG.oid, fromHex(OID.sha256)), new Uint8Array([0x05, 0x00]))
  return der(
    TAG.sequence,
    der(TAG.integer, new Uint8Array([1])),
    der(TAG.sequence, algorithm, der(TAG.octetString, imprint)),
    der(TAG.integer, fromHex(nonce)),
    der(TAG.boolean, new Uint8Array([0xff])),
  )
}
