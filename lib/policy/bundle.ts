import { jcsText } from '../record/canonical'
import { sha256Hex } from '../record/digest'

/** The texts of a policy set: the schema, the Cedar files and `risk-tiers.json`, each under its file's name. */
export type PolicyTexts = { readonly schema: string; readonly files: Readonly<Record<string, string>> }

export const SCHEMA_FILE = 'schema.cedarschema'
export const RISK_FILE = 'risk-tiers.json'

/** `sha256:` and SHA-256(JCS({"<file name>": "<its exact text>", ...})) over all files of the set, the schema included. */
export function bundleDigest(texts: PolicyTexts): string {
  return `sha256:${sha256Hex(jcsText({ ...texts.files, [SCHEMA_FILE]: texts.schema }))}`
}
