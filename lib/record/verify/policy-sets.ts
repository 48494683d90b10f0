import type { Measure } from './bag'
import type { Context } from './context'
import type { Facts } from './facts'
import { below } from './reader'
import type { Registry } from './registry'
import type { Where } from './report'

const POLICY_SETS = 'data/policies/'

/**
 * The rules that each decision was made by: bytes that have the digest which events name as `policy.bundle`. One that isn't there leaves the
 * record as it is, only the rules behind it can't be read; one that is there is what it is named after.
 */
export function checkPolicySets(
  context: Context,
  facts: Facts,
  registry: Registry,
  measures: ReadonlyMap<string, Measure>,
): void {
  const { reader, report } = context
  const named = new Map([...registry.policySets, ...facts.policySets])
  const there = new Set<string>()
  for (const { path, name } of below(reader, POLICY_SETS)) {
    const digest = name.replace(/\.json$/, '')
    there.add(digest)
    if (measures.get(path)?.digest !== digest)
      report.add('policy_set.altered', `${path} is not the policy set that it is named after.`, {
        file: path,
      })
    else if (!named.has(digest) && facts.erased.length === 0)
      report.add('policy_set.unrecorded', `No event was decided by the policy set ${path}.`, { file: path })
  }
  for (const [digest, where] of named) if (!there.has(digest)) isMissing(context, digest, where)
}

function isMissing({ report }: Context, digest: string, where: Where): void {
  const sentence = `The policy set ${digest} that decided this is not in the bundle: its rules can't be read here.`
  report.add('policy_set.missing', sentence, where)
}
