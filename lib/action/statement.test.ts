import { describe, expect, it } from 'vitest'
import { given, ORIGIN, type Step, saying } from '../act/given.fixture'
import { ada, chiara, executor } from '../act/people.fixture'
import { about, PLANNED, planned, ROTATION } from '../act/story.fixture'
import type { ApprovalStatement } from '../record/approval'

const approve = saying('approve')

describe('C05: a statement is bound to exactly what stands', () => {
  const tampered: [keyof ApprovalStatement, unknown][] = [
    ['action_digest', `sha256:${'0'.repeat(64)}`],
    ['approver', 'usr_bruno'],
    ['aud', 'https://evil.example'],
    ['case', 'case_other'],
    ['decision', 'refuse'],
    ['executor', 'nhi_other'],
    ['policy', `sha256:${'0'.repeat(64)}`],
    ['request', 'req_other'],
    ['requester', 'usr_bruno'],
    ['revision', 2],
    ['head', 'a'.repeat(64)],
    ['iat', '2026-03-02T08:00:02.001Z'],
    ['exp', '2026-03-02T07:59:59.999Z'],
    ['exp', '2026-03-02T08:10:00.001Z'],
  ]

  it.each(tampered)('"%s" as %j is stale', (field, value) => {
    expect(given(...PLANNED).when(chiara, 'approveAction', saying('approve', { [field]: value })).gives).toBe(
      'stale',
    )
  })

  it('a time that is none makes it no statement', () => {
    const said = saying('approve', { iat: 'yesterday' })
    expect(given(...PLANNED).when(chiara, 'approveAction', said).gives).toBe('invalid')
  })

  it('an approval does not pass for a refusal, nor a statement of a revision for the next', () => {
    expect(
      given(...PLANNED).when(chiara, 'refuseAction', (world, actor) => ({
        ...approve(world, actor),
        reason: 'No.',
      })).gives,
    ).toBe('stale')
    const { world } = given(...PLANNED)
    const old = approve(world, chiara)
    const amended: Step[] = [
      ...PLANNED,
      [
        ada,
        'amendAction',
        (now) => ({ ...about(now), ...ROTATION, reason: 'Wider.', params: { end_sessions: true } }),
      ],
      [executor, 'recordPlan', planned],
    ]
    expect(given(...amended).when(chiara, 'approveAction', old).gives).toBe('stale')
  })

  it('holds ten minutes, and no field that was not shown', () => {
    const { world } = given(...PLANNED)
    const shown = approve(world, chiara)
    expect(given(...PLANNED, { minutes: 10 }).when(chiara, 'approveAction', shown).gives).toEqual([
      'approval.recorded',
    ])
    expect(given(...PLANNED, { minutes: 11 }).when(chiara, 'approveAction', shown).gives).toBe('stale')
    expect(
      given(...PLANNED).when(chiara, 'approveAction', saying('approve', { note: 'x' } as never)).gives,
    ).toBe('invalid')
  })

  it('is in its canonical form, byte for byte', () => {
    const { world } = given(...PLANNED)
    const shown = approve(world, chiara)
    for (const statement of [
      ` ${shown.statement}`,
      JSON.stringify(JSON.parse(shown.statement), null, 1),
      '{}',
      'yes',
      '',
    ]) {
      expect(given(...PLANNED).when(chiara, 'approveAction', { ...shown, statement }).gives).toBe('invalid')
    }
    expect(JSON.parse(shown.statement)).toMatchObject({ aud: ORIGIN, type: 'onrecord.approval/v1' })
  })
})
