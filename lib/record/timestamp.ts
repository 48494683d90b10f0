import { fromUtf8, toHex } from './bytes'
import { children, context, type Der, expected, inside, readDer, TAG } from './der'
import { malformed } from './malformed'

// RFC 3161: what a time-stamping authority answers, a CMS SignedData (RFC 5652) around a TSTInfo. Read here, strictly; whether the authority
// really signed it is for whoever knows the authority's certificates (lib/anchor, or `openssl ts -verify`).

/** Object identifiers by their content octets, in hexadecimal. */
export const OID = {
  /** 1.2.840.113549.1.7.2 */
  signedData: '2a864886f70d010702',
  /** 1.2.840.113549.1.9.16.1.4 */
  tstInfo: '2a864886f70d0109100104',
  /** 2.16.840.1.101.3.4.2.1 */
  sha256: '608648016503040201',
} as const

export type Timestamp = {
  /** Of the message that was stamped: SHA-256, 32 bytes. */
  readonly imprint: Uint8Array
  /** When, by the authority's clock: `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
  readonly time: string
  /** Hexadecimal. */
  readonly serial: string
  readonly nonce: string | null
  readonly signed: SignedTimestamp
}

/** The parts that the authority's signature is about. */
export type SignedTimestamp = {
  /** The TSTInfo's exact bytes. */
  readonly content: Uint8Array
  /** DER of the certificates that came along. */
  readonly certificates: readonly Uint8Array[]
  readonly signer: Der
}

/** Reads a TimeStampResp. @throws Malformed `bad_timestamp`, `bad_der`; `not_granted` where the authority refused */
export function parseTimestamp(response: Uint8Array): Timestamp {
  const [status, token] = inside(readDer(response), TAG.sequence)
  const [code] = inside(status, TAG.sequence)
  // PKIStatus: granted (0), granted with modifications (1); everything else is a refusal.
  const granted = [0, 1].includes(expected(code, TAG.integer).content[0] ?? -1) && code?.content.length === 1
  if (!granted || !token) throw malformed('not_granted', 'The authority did not grant a timestamp.')
  const signed = signedData(token)
  return { ...tstInfo(signed.content), signed }
}

function signedData(token: Der): SignedTimestamp {
  const [type, wrapped] = inside(token, TAG.sequence)
  if (oidOf(type) !== OID.signedData) throw badTimestamp('is not signed data')
  const [data] = inside(wrapped, context(0))
  const [version, digests, encapsulated, ...rest] = inside(data, TAG.sequence)
  if (toHex(expected(version, TAG.integer).content) !== '03')
    throw badTimestamp('is signed data of another version')
  expected(digests, TAG.set)
  const [contentType, content] = inside(encapsulated, TAG.sequence)
  if (oidOf(contentType) !== OID.tstInfo) throw badTimestamp('holds no TSTInfo')
  const [octets] = inside(content, context(0))
  const certificates = rest.find(({ tag }) => tag === context(0))
  const signers = inside(rest.at(-1), TAG.set)
  const [signer] = signers
  if (!signer || signers.length !== 1) throw badTimestamp('has not exactly one signer')
  return {
    content: expected(octets, TAG.octetString).content,
    certificates: certificates ? children(certificates).map(({ bytes }) => bytes) : [],
    signer,
  }
}

function tstInfo(bytes: Uint8Array): Omit<Timestamp, 'signed'> {
  const [version, policy, imprint, serial, time, ...rest] = inside(readDer(bytes), TAG.sequence)
  if (toHex(expected(version, TAG.integer).content) !== '01') throw badTimestamp('is not of version 1')
  expected(policy, TAG.oid)
  const [algorithm, digest] = inside(imprint, TAG.sequence)
  const [hash] = inside(algorithm, TAG.sequence)
  if (oidOf(hash) !== OID.sha256) throw badTimestamp('is not over a SHA-256 digest')
  const stamped = expected(digest, TAG.octetString).content
  if (stamped.length !== 32) throw badTimestamp('is over a digest that is not of 32 bytes')
  const nonce = rest.find(({ tag }) => tag === TAG.integer)
  return {
    imprint: stamped,
    time: timeOf(expected(time, TAG.generalizedTime)),
    serial: toHex(expected(serial, TAG.integer).content),
    nonce: nonce ? toHex(nonce.content) : null,
  }
}

/** RFC 3161 2.4.2: `YYYYMMDDhhmmss[.s...]Z`. */
function timeOf({ content }: Der): string {
  const [, year, month, day, hour, minute, second, fraction = ''] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{1,9}))?Z$/.exec(fromUtf8(content)) ?? []
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
  if (Number.isNaN(Date.parse(text))) throw badTimestamp('has no proper time')
  return text
}

export function oidOf(element: Der | undefined): string {
  return toHex(expected(element, TAG.oid).content)
}

function badTimestamp(what: string) {
  return malformed('bad_timestamp', `This timestamp ${what}.`)
}
