import { X509Certificate } from 'node:crypto'
import { toHex } from '../record/bytes'
import { children, context, type Der, inside, readDer, TAG } from '../record/der'
import { oidOf } from '../record/timestamp'

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+?-----END CERTIFICATE-----/g
const MOST = 20

/** The certificates in a PEM text; null where one can't be read, or there is none. */
export function certificatesIn(pem: string): X509Certificate[] | null {
  const found = pem.match(PEM) ?? []
  if (found.length === 0 || found.length > MOST) return null
  return certificatesFrom(found)
}

/** Each from PEM or DER; null where one can't be read. */
export function certificatesFrom(encoded: readonly (string | Uint8Array)[]): X509Certificate[] | null {
  try {
    return encoded.map((each) => new X509Certificate(each))
  } catch {
    return null
  }
}

/** Issuer and serial number as DER, which is how a signer is named (RFC 5652 10.2.4). */
export function nameOf({ raw }: X509Certificate): string {
  const [, serial, , issuer] = fieldsOf(raw)
  return `${toHex(issuer?.bytes ?? new Uint8Array())}/${toHex(serial?.bytes ?? new Uint8Array())}`
}

/** RFC 3161 2.3: for timestamps and nothing else, and critical: 2.5.29.37 with 1.3.6.1.5.5.7.3.8 alone. */
export function isForTimestamps({ raw }: X509Certificate): boolean {
  const extensions = fieldsOf(raw).find(({ tag }) => tag === context(3))
  const usage = extensions
    ? inside(children(extensions)[0], TAG.sequence)
        .map((each) => inside(each, TAG.sequence))
        .find(([oid]) => oidOf(oid) === '551d25')
    : undefined
  const [, critical, value] = usage ?? []
  if (critical?.tag !== TAG.boolean || critical.content[0] !== 0xff || !value) return false
  const purposes = inside(readDer(value.content), TAG.sequence)
  return purposes.length === 1 && oidOf(purposes[0]) === '2b06010505070308'
}

const LONGEST_CHAIN = 6

/** Whether a chain leads from the certificate to one that is trusted, each signed by the next and valid at the time. */
export function isTrusted(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
  at: Date,
  left = LONGEST_CHAIN,
): boolean {
  if (left === 0 || !isValid(certificate, at)) return false
  if (trusted.some((root) => root.raw.equals(certificate.raw))) return true
  const issued = (issuer: X509Certificate) =>
    issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  if (trusted.some((root) => issued(root) && isValid(root, at))) return true
  return others.some((issuer) => issued(issuer) && isTrusted(issuer, others, trusted, at, left - 1))
}

function isValid({ validFrom, validTo }: X509Certificate, at: Date): boolean {
  return Date.parse(validFrom) <= at.getTime() && at.getTime() <= Date.parse(validTo)
}

/** The fields of the TBSCertificate (RFC 5280 4.1), with its version even where that is left out. */
function fieldsOf(raw: Uint8Array): Der[] {
  const [tbs] = inside(readDer(new Uint8Array(raw)), TAG.sequence)
  const fields = inside(tbs, TAG.sequence)
  const [first] = fields
  return first?.tag === context(0) ? fields : [first as Der, ...fields]
}
