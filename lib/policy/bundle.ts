import { fromUtf8 } from '../record/bytes'
import { jcs } from '../record/canonical'
import { sha256Hex } from '../record/digest'

/** The texts of a policy set: the schema, the Cedar files and `risk-tiers.json`, each under its file's name. */
export type PolicyTexts = { readonly schema: string; readonly files: Readonly<Record<string, string>> }

export const SCHEMA_FILE = 'schema.cedarschema'
export const RISK_FILE = 'risk-tiers.json'

/** JCS({"<file name>": "<its exact text>", ...}) over all files of the set, the schema included: the bytes that its digest is over. */
export function bundleBytes(texts: PolicyTexts): Uint8Array {
  return jcs({ ...texts.files, [SCHEMA_FILE]: texts.schema })
}

/** `sha256:` and SHA-256 of `bundleBytes`, in hexadecimal. */
export function bundleDigest(texts: PolicyTexts): string {
  return `sha256:${sha256Hex(bundleBytes(texts))}`
}

/** The policy set in these bytes; null when they are not those of the set with this digest. */
export function textsOf(bytes: Uint8Array, bundle: string): PolicyTexts | null {
  if (`sha256:${sha256Hex(bytes)}` !== bundle) return null
  const { [SCHEMA_FILE]: schema, ...files } = JSON.parse(fromUtf8(bytes)) as Record<string, string>
  return schema === undefined ? null : { schema, files }
}
