/** Names of systems that occur in cases; each is in about one case of a hundred. */
export const SUBJECTS: readonly string[] = [
  'orders',
  'billing',
  'ledger',
  'search',
  'mail',
  'stock',
  'claims',
  'rates',
  'wages',
  'fleet',
].flatMap((system) =>
  ['svc', 'ci', 'etl', 'bot', 'cron', 'sync', 'dump', 'proxy', 'probe', 'admin'].map(
    (kind) => `${kind}-${system}`,
  ),
)

/** What people write around it. */
export const LINES: readonly string[] = [
  'The alert came up twice within ten minutes and nobody of the team recognises the host name.',
  'Last rotation of that account was in spring, the change is in the runbook, the owner is on leave until Monday.',
  'Queries before it were the usual ones; this session listed every table and then read two of them completely.',
  '2026-03-02T08:04:14Z host=db-3 user=reader client=10.4.17.220 action=connect result=ok duration_ms=14',
  '2026-03-02T08:04:15Z host=db-3 user=reader client=10.4.17.220 action=select rows=48211 duration_ms=912',
]
