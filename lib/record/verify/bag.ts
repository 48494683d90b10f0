import {
  BAG_INFO,
  BAGIT,
  BAGIT_DECLARATION,
  isSafePath,
  MANIFEST,
  parseManifest,
  parseOxum,
  TAG_MANIFEST,
  TAG_MANIFEST_SIGNATURE,
} from '../bagit'
import { runningSha256 } from '../digest'
import { isMalformed } from '../malformed'
import type { Context } from './context'
import { checkLayout } from './layout'
import { readAnyText, readText } from './reader'

export type Measure = { readonly digest: string; readonly bytes: number }

const PAYLOAD = 'data/'

/** RFC 8493 section 3: what is listed is there and is what is listed, and what is there is listed. Digests of all files. */
export async function checkBag(context: Context): Promise<ReadonlyMap<string, Measure>> {
  const { reader, report } = context
  for (const path of reader.paths) {
    if (!isSafePath(path))
      report.add('bag.unsafe_name', `${path} is not a name that a bundle may have.`, { file: path })
  }
  const measures = await measureAll(context)
  if ((await readAnyText(reader, BAGIT)) !== BAGIT_DECLARATION) {
    report.add('bag.malformed', 'bagit.txt does not declare a BagIt 1.0 bag in UTF-8.', { file: BAGIT })
  }
  await checkManifest(context, measures, MANIFEST, (path) => path.startsWith(PAYLOAD))
  await checkManifest(context, measures, TAG_MANIFEST, isTagFile)
  await checkOxum(context, measures)
  checkLayout(context)
  return measures
}

function isTagFile(path: string): boolean {
  return !path.startsWith(PAYLOAD) && path !== TAG_MANIFEST && path !== TAG_MANIFEST_SIGNATURE
}

async function measureAll({ reader }: Context): Promise<Map<string, Measure>> {
  const measures = new Map<string, Measure>()
  for (const path of reader.paths) {
    const running = runningSha256()
    let bytes = 0
    for await (const chunk of reader.open(path)) {
      running.update(chunk)
      bytes += chunk.length
    }
    measures.set(path, { digest: running.hex(), bytes })
  }
  return measures
}

async function checkManifest(
  context: Context,
  measures: ReadonlyMap<string, Measure>,
  manifest: string,
  belongs: (path: string) => boolean,
): Promise<void> {
  const { report } = context
  const listed = await readManifest(context, manifest)
  if (listed === null) return
  for (const [path, digest] of listed) {
    const measure = measures.get(path)
    if (!measure)
      report.add('manifest.missing_file', `${manifest} lists ${path}, which is not there.`, { file: path })
    else if (measure.digest !== digest) {
      report.add('manifest.altered_file', `${path} is not the file that ${manifest} lists.`, { file: path })
    }
  }
  for (const path of measures.keys()) {
    if (!belongs(path) || listed.has(path)) continue
    report.add('manifest.unlisted_file', `${path} is there but not in ${manifest}.`, { file: path })
  }
}

async function readManifest(
  { reader, report }: Context,
  manifest: string,
): Promise<Map<string, string> | null> {
  try {
    const source = await readText(reader, manifest)
    if (source !== null) return parseManifest(source)
    report.add('bag.malformed', `There is no ${manifest}.`, { file: manifest })
  } catch (thrown) {
    if (!isMalformed(thrown)) throw thrown
    report.add('bag.malformed', thrown.message, { file: manifest })
  }
  return null
}

async function checkOxum({ reader, report }: Context, measures: ReadonlyMap<string, Measure>): Promise<void> {
  const oxum = parseOxum((await readAnyText(reader, BAG_INFO)) ?? '')
  const payload = [...measures].filter(([path]) => path.startsWith(PAYLOAD))
  const bytes = payload.reduce((sum, [, measure]) => sum + measure.bytes, 0)
  if (oxum?.bytes === bytes && oxum.files === payload.length) return
  const found = `${payload.length} files of ${bytes} bytes`
  report.add('bag.size', `bag-info.txt promises another payload than the ${found} that are there.`, {
    file: BAG_INFO,
  })
}
