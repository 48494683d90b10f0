import { createHash, verify, type X509Certificate } from 'node:crypto'
import { equal, toHex } from '../record/bytes'
import { children, context, type Der, der, expected, inside, TAG } from '../record/der'
import { isMalformed } from '../record/malformed'
import { OID, oidOf, parseTimestamp, type Timestamp } from '../record/timestamp'
import { certificatesFrom, certificatesIn, isForTimestamps, isTrusted, nameOf } from './certificates'

export type Asked = {
  /** SHA-256 of what is to be stamped. */
  readonly imprint: Uint8Array
  readonly nonce: string
  /** The authority's root certificates, PEM. */
  readonly trusted: string
  /** Milliseconds since 1970. */
  readonly now: number
}

export type Checked = { readonly timestamp: Timestamp; readonly authority: string } | { readonly why: string }

/** An authority's clock may differ from ours by so much. */
const SKEW_MS = 5 * 60_000

/** Whether this answer is what was asked for, signed by an authority that we were told to trust (RFC 3161 2.2, 2.4.2; RFC 5652 5.4, 5.6). */
export function checkTimestamp(response: Uint8Array, asked: Asked): Checked {
  try {
    return check(response, asked)
  } catch (thrown) {
    if (isMalformed(thrown)) return { why: thrown.message }
    throw thrown
  }
}

function check(response: Uint8Array, { imprint, nonce, trusted, now }: Asked): Checked {
  const timestamp = parseTimestamp(response)
  if (!equal(timestamp.imprint, imprint))
    return { why: 'The timestamp is over something else than what was sent.' }
  if (timestamp.nonce !== nonce)
    return { why: 'The timestamp does not carry the nonce of this request: it may be an old one.' }
  if (Math.abs(Date.parse(timestamp.time) - now) > SKEW_MS)
    return { why: `The timestamp says ${timestamp.time}: more than five minutes from our clock.` }
  const roots = certificatesIn(trusted)
  if (!roots) return { why: 'The certificates of the authority can’t be read.' }
  const others = certificatesFrom(timestamp.signed.certificates)
  if (!others) return { why: 'A certificate in the timestamp can’t be read.' }
  const signer = signerOf(timestamp, [...others, ...roots])
  if (typeof signer === 'string') return { why: signer }
  if (!isForTimestamps(signer)) return { why: 'The authority’s certificate is not for timestamps alone.' }
  if (!isTrusted(signer, others, roots, new Date(timestamp.time)))
    return { why: 'The authority’s certificate doesn’t lead to one that you trust.' }
  const wrong = wrongSignature(timestamp, signer)
  return wrong ? { why: wrong } : { timestamp, authority: signer.subject.replaceAll('\n', ', ') }
}

/** The certificate that the signature names by issuer and serial number. */
function signerOf({ signed }: Timestamp, known: readonly X509Certificate[]): X509Certificate | string {
  const [, sid] = inside(signed.signer, TAG.sequence)
  const [issuer, serial] = inside(sid, TAG.sequence)
  const name = `${toHex(expected(issuer, TAG.sequence).bytes)}/${toHex(expected(serial, TAG.integer).bytes)}`
  return known.find((each) => nameOf(each) === name) ?? 'The authority’s own certificate did not come along.'
}

const HASHES: Readonly<Record<string, string>> = {
  [OID.sha256]: 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
  /** Only ever names a certificate here, where no second preimage helps an attacker to another key. */
  '2b0e03021a': 'sha1',
}
/** Signature algorithms that name their own hash; rsaEncryption leaves it to the digest algorithm. */
const SIGNATURES: Readonly<Record<string, string | null>> = {
  '2a864886f70d010101': null,
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
}

/** The signature is over the signed attributes, and these are about this content and this certificate. */
function wrongSignature({ signed }: Timestamp, signer: X509Certificate): string | null {
  const [, , digestAlgorithm, attributes, signatureAlgorithm, signature] = inside(signed.signer, TAG.sequence)
  const digest = hashOf(digestAlgorithm)
  const algorithm = oidOf(inside(signatureAlgorithm, TAG.sequence)[0])
  if (digest === null || digest === 'sha1' || !(algorithm in SIGNATURES))
    return 'The timestamp is signed with an algorithm that is not accepted here.'
  const given = attributesIn(expected(attributes, context(0)))
  if (oidOf(given.get('2a864886f70d010903')) !== OID.tstInfo) return 'What is signed is not a timestamp.'
  const said = expected(given.get('2a864886f70d010904'), TAG.octetString).content
  if (!equal(said, hash(digest, signed.content))) return 'The signature is about another timestamp.'
  if (!namesCertificate(given, signer)) return 'The signature does not name the authority’s certificate.'
  const message = der(TAG.set, expected(attributes, context(0)).content)
  const bytes = expected(signature, TAG.octetString).content
  return verify(SIGNATURES[algorithm] ?? digest, message, signer.publicKey, bytes)
    ? null
    : 'The authority’s signature is wrong.'
}

/** Single-valued attributes by type; a type that comes twice counts for nothing. */
function attributesIn(attributes: Der): Map<string, Der> {
  const found = new Map<string, Der>()
  for (const attribute of children(attributes)) {
    const [type, values] = inside(attribute, TAG.sequence)
    const [value, ...more] = inside(values, TAG.set)
    const name = oidOf(type)
    if (value && more.length === 0 && !found.has(name)) found.set(name, value)
    else found.delete(name)
  }
  return found
}

/** ESSCertIDv2 (RFC 5816) or ESSCertID (RFC 2634): the digest of the certificate, so that none of the same key stands in for it. */
function namesCertificate(attributes: ReadonlyMap<string, Der>, { raw }: X509Certificate): boolean {
  const second = attributes.get('2a864886f70d010910022f')
  const named = second ?? attributes.get('2a864886f70d010910020c')
  if (!named) return false
  const [first] = inside(inside(named, TAG.sequence)[0], TAG.sequence)
  const [head, next] = inside(first, TAG.sequence)
  const isOtherHash = head?.tag === TAG.sequence
  const algorithm = isOtherHash ? hashOf(head) : second ? 'sha256' : 'sha1'
  const digest = expected(isOtherHash ? next : head, TAG.octetString).content
  return algorithm !== null && equal(digest, hash(algorithm, new Uint8Array(raw)))
}

function hashOf(algorithm: Der | undefined): string | null {
  return HASHES[oidOf(inside(algorithm, TAG.sequence)[0])] ?? null
}

function hash(algorithm: string, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash(algorithm).update(bytes).digest())
}
