/** What was read is not in the format it should be in. `code` is stable; the message is for a person. */
export type Malformed = Error & { readonly name: 'Malformed'; readonly code: string }

export function malformed(code: string, message: string): Malformed {
  return Object.assign(new Error(message), { name: 'Malformed' as const, code })
}

export function isMalformed(thrown: unknown): thrown is Malformed {
  return thrown instanceof Error && thrown.name === 'Malformed'
}

/** The value, or null where the bytes are malformed; any other error passes through. */
export function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (thrown) {
    if (isMalformed(thrown)) return null
    throw thrown
  }
}
