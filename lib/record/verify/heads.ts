import { parseStatement } from '../approval'
import { orNull } from '../malformed'
import type { Context } from './context'
import { APPROVALS, EMERGENCIES } from './facts'
import { type BundleReader, below, readBytes } from './reader'

/** The digests of the events that approvers say to have seen: looked for while the events go by. */
export async function wantedHeads({ reader }: Context): Promise<Set<string>> {
  const heads = new Set<string>()
  for (const { path, name } of signed(reader)) {
    const bytes = name.endsWith('/statement.json') ? await readBytes(reader, path) : null
    const statement = bytes && orNull(() => parseStatement(bytes))
    if (statement) heads.add(statement.head)
  }
  return heads
}

/** What people signed, each decision in a folder of its own. */
export function signed(reader: BundleReader) {
  return [APPROVALS, EMERGENCIES].flatMap((folder) => below(reader, folder))
}
