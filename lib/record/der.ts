import { concat } from './bytes'
import { malformed } from './malformed'

// ASN.1's distinguished encoding rules (X.690), as much as timestamps and certificates need: strict, since what has two spellings could be
// read in two ways. Tags of one byte; definite lengths in their shortest form.

export type Der = {
  readonly tag: number
  readonly content: Uint8Array
  /** The whole element, tag and length included. */
  readonly bytes: Uint8Array
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** A context-specific constructed tag: `[n]`. */
export function context(n: number): number {
  return 0xa0 | n
}

/** Exactly one element, and nothing behind it. @throws Malformed `bad_der` */
export function readDer(bytes: Uint8Array): Der {
  const [only, ...others] = elements(bytes)
  if (!only || others.length > 0) throw badDer('is not one element')
  return only
}

/** The elements inside a constructed one. @throws Malformed `bad_der` */
export function children({ tag, content }: Der): Der[] {
  if ((tag & 0x20) === 0) throw badDer('has nothing inside')
  return elements(content)
}

/** As `children`, of an element that has to have this tag. @throws Malformed `bad_der` */
export function inside(element: Der | undefined, tag: number): Der[] {
  return children(expected(element, tag))
}

/** @throws Malformed `bad_der` */
export function expected(element: Der | undefined, tag: number): Der {
  if (element?.tag !== tag) throw badDer(`has no element with the tag ${tag} where one has to be`)
  return element
}

const LONGEST = 256 * 1024

function elements(bytes: Uint8Array): Der[] {
  const found: Der[] = []
  for (let at = 0; at < bytes.length; ) {
    const next = element(bytes, at)
    found.push(next)
    at += next.bytes.length
  }
  return found
}

function element(bytes: Uint8Array, at: number): Der {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f)
    throw badDer('breaks off, or has a tag of several bytes')
  const [start, length] = first < 0x80 ? [at + 2, first] : longLength(bytes, at + 2, first & 0x7f)
  if (start + length > bytes.length) throw badDer('breaks off')
  return { tag, content: bytes.subarray(start, start + length), bytes: bytes.subarray(at, start + length) }
}

function longLength(bytes: Uint8Array, at: number, count: number): [start: number, length: number] {
  const octets = bytes.subarray(at, at + count)
  const length = octets.reduce((value, octet) => value * 256 + octet, 0)
  const isShortest = count > 0 && count <= 3 && octets.length === count && octets[0] !== 0 && length >= 0x80
  if (!isShortest || length > LONGEST)
    throw badDer('has a length that is not in its shortest form, or too large')
  return [at + count, length]
}

/** One element. @param parts what is inside: elements already encoded, or the content */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(...parts)
  return concat(new Uint8Array([tag, ...lengthOf(content.length)]), content)
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 | octets.length, ...octets]
}

function badDer(how: string) {
  return malformed('bad_der', `This ASN.1 ${how}.`)
}
