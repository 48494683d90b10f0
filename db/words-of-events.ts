import type { TransactionSql } from 'postgres'

/**
 * How many of a stream's rows of words are not what its events say: missing, different, or of an event that was erased.
 * With `repair` they are made so.
 */
export async function wordsApart(
  sql: TransactionSql,
  org: string,
  stream: string,
  repair: boolean,
): Promise<number> {
  const kept = sql`select stream, seq, words from event_words where org = ${org} and stream = ${stream}`
  const right = sql`select e.stream, e.seq, w.words from event e cross join lateral (select words_said(e.body) as words) w
    where e.org = ${org} and e.stream = ${stream} and w.words <> ''::tsvector and not exists (
      select 1 from event r where r.org = e.org and r.stream = e.stream and r.type = 'event.redacted'
        and (convert_from(r.body, 'UTF8')::jsonb #>> '{data,seq}')::integer = e.seq)`
  const [row] = await sql<{ apart: number }[]>`
    select count(distinct seq)::int as apart from (((${right}) except (${kept})) union all ((${kept}) except (${right}))) as apart`
  if (!row?.apart || !repair) return row?.apart ?? 0
  await sql`delete from event_words where org = ${org} and stream = ${stream}`
  await sql`insert into event_words (org, stream, seq, words) select ${org}, stream, seq, words from (${right}) as right_words`
  return row.apart
}
