import { describe, expect, it } from 'vitest'
import type { StatementView } from '@/lib/act/view/action'
import { actionDigest, statementBytes } from '@/lib/record/approval'
import { fromUtf8 } from '@/lib/record/bytes'
import { mismatch } from './shown'

const action = {
  kind: 'postgres.rotate-password',
  params: { end_sessions: true },
  target: { nhi: 'nhi_svc-orders', name: 'svc-orders', environment: 'production', account: 'svc_orders' },
  ...{ connector: 'https://record.example/connectors/orders', case: 'case_1', purpose: 'It has leaked.' },
  ...{ executor: 'nhi_executor-postgres', not_before: '2026-03-02T08:00:00.000Z' },
  ...{ expires_at: '2026-03-02T16:00:00.000Z', reverts: null },
}
const statement = fromUtf8(
  statementBytes({
    ...{ action_digest: actionDigest(action), approver: 'usr_chiara', aud: 'https://record.example' },
    ...{ case: 'case_1', decision: 'approve', executor: 'nhi_executor-postgres', head: 'e'.repeat(64) },
    ...{ iat: '2026-03-02T08:00:00.000Z', exp: '2026-03-02T08:10:00.000Z', nonce: 'n', policy: 'sha256:0' },
    ...{ request: 'req_1', requester: 'usr_ada', revision: 1, type: 'onrecord.approval/v1' },
  }),
)
const who = (id: string) => ({ id, name: id, kind: 'human' as const })
const shown = (change: object = {}, said = statement) =>
  ({
    statement: said,
    action: {
      ...{ action, request: 'req_1', revision: 1, requester: who('usr_ada') },
      executor: who('nhi_executor-postgres'),
      ...change,
    },
  }) as unknown as StatementView

const differing = (view: StatementView) => mismatch(view, view.statement, 'approve')

describe('C05 what an approver sees is what they sign', () => {
  it('when the browser’s own digest of the change is the one in the statement', async () => {
    expect(await differing(shown())).toBeNull()
  })

  it.each<[string, object]>([
    ['action_digest', { action: { ...action, params: { end_sessions: false } } }],
    ['action_digest', { action: { ...action, target: { ...action.target, account: 'svc_reports' } } }],
    ['action_digest', { action: { ...action, purpose: 'It has leaked' } }],
    ['requester', { requester: who('usr_bruno') }],
    ['executor', { executor: who('nhi_other') }],
    ['revision', { revision: 2 }],
    ['request', { request: 'req_2' }],
  ])('else the page names what differs: %s', async (field, change) => {
    expect(await differing(shown(change))).toBe(field)
  })

  it('a statement of a refusal, or of nothing, is no statement to approve with', async () => {
    expect(await differing(shown({}, statement.replace('"approve"', '"refuse"')))).toBe('decision')
    expect(await differing(shown({}, 'null'))).toBe('the statement')
  })

  it('C20 an emergency is compared with the statement of its own that is signed for it', async () => {
    const own = statement.replace('"approve"', '"break-glass"')
    expect(await mismatch(shown(), own, 'break-glass')).toBeNull()
    expect(await mismatch(shown(), statement, 'break-glass')).toBe('decision')
    expect(await mismatch(shown({ revision: 2 }), own, 'break-glass')).toBe('revision')
  })
})
