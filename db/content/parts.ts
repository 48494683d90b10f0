export type Parts = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** What has been read of something: all of it, or its beginning and what is still to come. */
export type Begun = {
  readonly bytes: Buffer
  readonly rest: AsyncIterator<Uint8Array> | Iterator<Uint8Array> | null
}

/** The first `enough` bytes or some more, or all there are. */
export function beginning(parts: Parts, enough: number): Promise<Begun> {
  const rest = Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]()
  return readOn({ bytes: Buffer.alloc(0), rest }, enough)
}

/** As `beginning`, of what has been begun. */
export async function readOn({ bytes, rest }: Begun, enough: number): Promise<Begun> {
  const read: Uint8Array[] = [bytes]
  let length = bytes.byteLength
  while (rest && length < enough) {
    const { done, value } = await rest.next()
    if (done) return { bytes: Buffer.concat(read), rest: null }
    read.push(value)
    length += value.byteLength
  }
  return { bytes: Buffer.concat(read), rest }
}

/** All of it, from the beginning; who stops early stops whoever sends it, too. */
export async function* whole({ bytes, rest }: Begun): AsyncGenerator<Uint8Array> {
  yield bytes
  if (!rest) return
  try {
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
