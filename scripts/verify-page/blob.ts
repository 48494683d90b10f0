import { atBagRoot } from '../../lib/record/bag-root'
import type { BundleReader } from '../../lib/record/verify'
import { type Inflate, openZip } from '../../lib/record/zip'

/** A bundle in a zip file that somebody chose: read in place, never unpacked, never held. @throws Malformed */
export async function openBlob(blob: Blob): Promise<BundleReader> {
  const read = async (offset: number, length: number) =>
    new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer())
  return atBagRoot(await openZip({ size: blob.size, read }, inflate))
}

const inflate: Inflate = (compressed) => {
  const { readable, writable } = new DecompressionStream('deflate-raw')
  void feed(compressed, writable.getWriter())
  return chunksOf(readable)
}

/** An error on the way in reaches whoever reads what comes out. */
async function feed(
  compressed: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter<BufferSource>,
): Promise<void> {
  try {
    for await (const chunk of compressed) await writer.write(chunk as Uint8Array<ArrayBuffer>)
    await writer.close()
  } catch (thrown) {
    await writer.abort(thrown).catch(() => undefined)
  }
}

// Not every browser can go through a stream with `for await`.
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
