import { BAG_INFO, BAGIT, MANIFEST, TAG_MANIFEST, TAG_MANIFEST_SIGNATURE } from '../bagit'
import { parseTilePath } from '../tile'
import type { Context } from './context'

const TAGS: readonly string[] = [BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST, TAG_MANIFEST_SIGNATURE]
const SIGNED = 'statement\\.json|clientdata\\.json|authdata\\.bin|signature\\.bin|credential\\.pem'

/** Below data/, and apart from tiles: section 7 of the format. */
const PAYLOAD = [
  'README\\.txt',
  '(?:events|registry)\\.ndjson',
  'policies/[0-9a-f]{64}\\.json',
  'log/(?:checkpoint|policy|proofs\\.ndjson|head\\.tlog-proof)',
  'log/consistency/[0-9]+-[0-9]+',
  `approvals/[^/]+/(?:${SIGNED}|id-token\\.jwt|issuer-jwks\\.json)`,
  `emergencies/[0-9a-f]{64}/(?:${SIGNED})`,
  'warrants/(?:jwks\\.json|[^/]+\\.jwt)',
  'evidence/[0-9a-f]{64}(?:\\.[^/]+)?',
  'anchors/[0-9]+\\.(?:checkpoint|tsr|post\\.json)',
  'derived/.+',
]
const NAMED = new RegExp(`^data/(?:${PAYLOAD.join('|')})$`)
const LOG = 'data/log/'

/** What the format doesn't name may be there, but nobody has looked at it: whoever reads the bundle shouldn't take it for the record. */
export function checkLayout({ reader, report }: Context): void {
  for (const path of reader.paths) {
    if (TAGS.includes(path) || NAMED.test(path)) continue
    if (path.startsWith(LOG) && parseTilePath(path.slice(LOG.length)) !== null) continue
    const sentence = `${path} is no part of the format: nothing says that it is of the record.`
    report.add('bag.unknown_file', sentence, { file: path })
  }
}
