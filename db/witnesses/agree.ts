import type { Client } from '../client'
import { ForkRefused } from '../log/fork'
import { tileReader } from '../log/tiles'
import { askWitness } from './ask'
import { keyAndUrl, witnessesOf } from './configured'
import { keepOutcome } from './keep'

/** A start waits no longer for witnesses: one that can't be reached is asked later, and heard then. */
const PATIENCE_MS = 2_000

/**
 * Before the first signature after a start: no witness may have cosigned more of this log than the database knows to have
 * published, or another history. A backup that took the kept checkpoint back along with the database is found out here.
 * @throws ForkRefused
 */
export async function witnessesAgree(sql: Client, org: string, note: string): Promise<void> {
  const read = tileReader(sql, org)
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const asked = (await witnessesOf(sql, org)).map(async (witness) => {
    const outcome = await askWitness({
      witness: keyAndUrl(witness),
      note,
      from: witness.cosigned,
      read,
      signal,
    })
    await keepOutcome(sql, org, witness.vkey, outcome)
    return { name: witness.name, outcome }
  })
  for (const { name, outcome } of await Promise.all(asked)) {
    if (outcome.outcome === 'disputed')
      throw new ForkRefused(`The witness ${name} disputes this log. ${outcome.sentence}`)
  }
  await mustHavePublished(sql, org)
}

/**
 * What a witness cosigned was published, and what was published is in the database, or it is an older copy. Asked before each
 * signature: a witness that could not be reached at the start may answer later.
 * @throws ForkRefused
 */
export async function mustHavePublished(sql: Client, org: string): Promise<void> {
  const [ahead] = await sql<{ name: string; size: number; published: number }[]>`
    select each.name, s.size::float8 as size, published.size::float8 as published from witnessing w
    cross join jsonb_to_recordset(w.witnesses) as each(vkey text, name text)
    join witness_state s on s.org = w.org and s.witness = each.vkey
    cross join (select coalesce(max(size), 0) as size from checkpoint where org = ${org}) published
    where w.org = ${org} and s.size > published.size order by s.size desc limit 1`
  if (!ahead) return
  const { name, size, published } = ahead
  throw new ForkRefused(
    `The database knows of checkpoints up to ${published} entries, but the witness ${name} has cosigned ${size}: this is an older copy.`,
  )
}
