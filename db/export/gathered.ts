import { concat } from '@/lib/record/bytes'

const ENOUGH = 64 * 1024

/** Lines come one by one; a compressor, or a disk, is woken for many at once. */
export async function* gathered(
  content: AsyncIterable<Uint8Array>,
  enough = ENOUGH,
): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = []
  let bytes = 0
  for await (const part of content) {
    waiting.push(part)
    bytes += part.byteLength
    if (bytes < enough) continue
    yield concat(...waiting)
    ;[waiting, bytes] = [[], 0]
  }
  if (bytes > 0) yield concat(...waiting)
}
