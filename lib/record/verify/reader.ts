import { concat, fromUtf8 } from '../bytes'
import { malformed } from '../malformed'

/** A bundle, wherever it is: a folder, a zip file, files dropped on a page. Names are relative to bagit.txt's folder. */
export type BundleReader = {
  readonly paths: readonly string[]
  /** May be asked for more than once. */
  readonly open: (path: string) => AsyncIterable<Uint8Array>
  /** How much there is in all the files, where that is known without reading them: for a sense of progress only. */
  readonly bytes?: number
}

/** A reader that knows at once what there is. */
export type Files = BundleReader & { readonly has: (path: string) => boolean }

export function filesOf(reader: BundleReader): Files {
  const paths = new Set(reader.paths)
  return { paths: reader.paths, open: (path) => reader.open(path), has: (path) => paths.has(path) }
}

const SMALL = 16 * 1024 * 1024

/** The whole of a small file; null where there is none. @throws Malformed `too_large` */
export async function readBytes({ has, open }: Files, path: string): Promise<Uint8Array | null> {
  if (!has(path)) return null
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of open(path)) {
    chunks.push(chunk)
    length += chunk.length
    if (length > SMALL) throw malformed('too_large', `${path} is larger than such a file can be.`)
  }
  return concat(...chunks)
}

/** @throws Malformed `invalid_utf8`, `too_large` */
export async function readText(reader: Files, path: string): Promise<string | null> {
  const bytes = await readBytes(reader, path)
  return bytes === null ? null : fromUtf8(bytes)
}

const anyText = new TextDecoder('utf-8', { ignoreBOM: true })

/** As `readText`; what is no UTF-8 becomes U+FFFD, so that it is refused for what it isn't, and the rest of the bundle is read on. @throws Malformed `too_large` */
export async function readAnyText(reader: Files, path: string): Promise<string | null> {
  const bytes = await readBytes(reader, path)
  return bytes && anyText.decode(bytes)
}

const NEWLINE = 10

/** The lines of a file, without their newlines. Every line, the last one too, ends in one. @throws Malformed */
export async function* readLines({ open }: Files, path: string): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of open(path)) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const line = chunk.subarray(start, end)
      yield rest.length === 0 ? line : concat(rest, line)
      rest = new Uint8Array(0)
      start = end + 1
    }
    rest = concat(rest, chunk.subarray(start))
    if (rest.length > SMALL) throw malformed('too_large', `${path} has a line longer than any can be.`)
  }
  if (rest.length > 0) throw malformed('open_line', `${path} ends in the middle of a line.`)
}

/** Paths below a folder, and what is left of them. */
export function below(
  { paths }: BundleReader,
  folder: string,
): { readonly path: string; readonly name: string }[] {
  return paths
    .filter((path) => path.startsWith(folder))
    .map((path) => ({ path, name: path.slice(folder.length) }))
}
