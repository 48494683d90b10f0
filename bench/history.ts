import type { connect } from '../db/client'
import { SAMPLE_ORG } from '../db/seed/people'

type Admin = ReturnType<typeof connect>
/** Milliseconds of one question to the history, asked again and again by one client. */
export type Asked = {
  readonly question: string
  readonly events: number
  readonly p50: number
  readonly p99: number
  readonly rows: number
}

const BATCH = 25_000

/**
 * Adds events as they would lie there after years, through SQL: cases of twenty events, two hundred people, every kind, and words of
 * which one in a thousand, one in ten and every event holds some. Not sealed: the log would take hours for what only reading is about.
 */
export async function loadEvents(admin: Admin, before: number, total: number): Promise<void> {
  for (let from = before; from < total; from += BATCH) {
    const to = Math.min(total, from + BATCH)
    await admin.unsafe(`
      insert into event (org, stream, seq, type, at, actor, correlation, hash, body)
      select '${SAMPLE_ORG}', e.stream, e.seq, e.type, e.at, e.actor, e.stream, sha256(e.body), e.body from (
        select n, stream, seq, type, at, actor, convert_to(jsonb_build_object(
          'actor', jsonb_build_object('id', actor, 'kind', 'human', 'via', 'web', 'auth', jsonb_build_object('acr', 'pwd', 'amr', '[]'::jsonb, 'auth_time', 0)),
          'at', utc(at), 'case', stream, 'cause', 'rq_' || n, 'correlation', stream,
          'data', jsonb_build_object('text', 'remark ' || n || ' thousandth' || n % 1000 || ' tenth' || n % 10, 'request', 'req_' || n, 'filler', repeat('x', 500)),
          'policy', jsonb_build_object('bundle', 'sha256:' || repeat('0', 64), 'decision', 'allow', 'decision_id', 'dec_' || n, 'rule', 'bench'),
          'prev', repeat('0', 64), 'salt', repeat('0', 22), 'seq', seq, 'type', type, 'v', 1)::text, 'UTF8') as body
        from (select n, 'case_bench' || lpad((n / 20)::text, 9, '0') as stream, n % 20 as seq,
            case when n % 97 = 0 then 'policy.denied' when n % 23 = 0 then 'approval.recorded' else (array['comment.added', 'case.state', 'evidence.attached', 'nhi.linked', 'action.planned'])[1 + n % 5] end as type,
            '2023-01-01T00:00:00Z'::timestamptz + n * interval '90 seconds' as at, 'usr_bench' || lpad((n % 200 * 7919 % 200)::text, 3, '0') as actor
          from generate_series(${from}, ${to - 1}) n) raw) e`)
  }
  await admin.unsafe('vacuum analyze event')
  await admin.unsafe('vacuum analyze event_words')
}

/** What an auditor asks; each must cost the same however many events there are. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'the newest': '',
  'by one person': 'actor=usr_bench007',
  'of one kind': 'type=approval.recorded',
  'of several kinds': 'type=case.',
  'refused attempts': 'outcome=refused',
  'of one case': 'case=case_bench000000040',
  'about identities': 'kind=nhi',
  'up to a day in the middle': 'to=2023-02-01T00:00:00Z',
  'a word that one event holds': 'q=4242',
  'a word that one in a thousand holds': 'q=thousandth77',
  'a word that one in ten holds': 'q=tenth7',
  'a word that every event holds': 'q=remark',
  'a word that no event holds': 'q=nowhere',
  'a person’s refused attempts': 'actor=usr_bench007&outcome=refused',
  'what never happened': 'actor=usr_bench007&type=case.closed',
}
const TIMES = 30

export async function askHistory(url: string, cookie: string, events: number): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const [question, query] of Object.entries(QUESTIONS)) {
    const times: number[] = []
    let rows = 0
    for (let count = 0; count < TIMES; count++) {
      const begun = performance.now()
      const answer = await fetch(`${url}/api/v1/history?${query}`, { headers: { cookie } })
      const page = (await answer.json()) as { rows: unknown[] }
      times.push(performance.now() - begun)
      if (!answer.ok) throw new Error(`${question}: ${answer.status}`)
      rows = page.rows.length
    }
    times.sort((one, other) => one - other)
    const at = (share: number) => times[Math.min(TIMES - 1, Math.floor(TIMES * share))] ?? 0
    asked.push({ question, events, p50: at(0.5), p99: at(0.99), rows })
  }
  return asked
}

export function historyTable(asked: readonly Asked[]): string {
  const sizes = [...new Set(asked.map(({ events }) => events))]
  const lines = Object.keys(QUESTIONS).map((question) => {
    const cells = sizes.map((events) => {
      const one = asked.find((each) => each.question === question && each.events === events)
      return `${one?.p50.toFixed(1).padStart(8)} ${one?.p99.toFixed(1).padStart(8)}`
    })
    return `${question.padEnd(38)}${cells.join('   ')}`
  })
  const heads = sizes.map((events) => `${events} events`.padStart(17)).join('   ')
  return [`The history, ms for a page (p50, p99)${' '.repeat(1)}${heads}`, ...lines].join('\n')
}
