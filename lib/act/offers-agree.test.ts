import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HAPPY } from '../case/happy.fixture'
import { anyMove, pick, walked } from '../case/walk.fixture'
import type { Actor } from '../identity/actor'
import { CASE, HEAD, type Name, type World } from './given.fixture'
import type { Ledger } from './ledger'
import { offersFor } from './offers.fixture'
import { ada, alertbot, as, assistant, bruno, chiara, people } from './people.fixture'
import { perform } from './perform'
import { organisation } from './perform.fixture'
import { isRefusal, type Refusal } from './refusal'
import { ROTATION } from './story.fixture'

const viewers: readonly Actor[] = [
  ...people,
  as(bruno, 'analyst', 'approver'),
  as(ada, 'analyst', 'approver'),
  { ...chiara, auth: { ...chiara.auth, provider: true } },
  assistant,
  alertbot,
]
const ABOUT_INPUT: readonly (string | undefined)[] = ['invalid', 'not_found', 'duplicate', 'unsupported']

/** The command as somebody would really send it: with what makes sense on this case. */
function sent(name: Name, world: World, actor: Actor): object {
  const { state } = world
  switch (name) {
    case 'assignCase':
      return { assignee: state.assignee === 'usr_ada' ? 'usr_bruno' : 'usr_ada' }
    case 'setSeverity':
      return { severity: state.severity === 'low' ? 'medium' : 'low', reason: 'Because.' }
    case 'advanceCase':
      return {
        to: {
          identify: 'confirm',
          confirm: 'assign',
          assign: 'act',
          act: 'verify',
          verify: 'verify',
          closed: 'verify',
        }[state.stage],
      }
    case 'returnCase':
      return { to: 'identify', reason: 'Because.' }
    case 'reopenCase':
      return { to: 'identify', reason: 'Because.' }
    case 'linkNhi':
      return {
        nhi: state.linked.some((link) => link.nhi === 'nhi_svc-reports')
          ? 'nhi_orders-root'
          : 'nhi_svc-reports',
        reason: 'Because.',
      }
    case 'attachEvidence':
      return {
        sha256: '7'.repeat(64),
        bytes: 1,
        media_type: 'text/plain',
        name: 'x',
        kind: 'file',
        source: 'x',
        tool: null,
        trust: 'typed',
      }
    case 'proposeAction':
      return { ...ROTATION, nhi: state.linked[0]?.nhi ?? 'nhi_svc-orders' }
    default: {
      const usual = HAPPY[name].when[2] ?? {}
      return typeof usual === 'function' ? usual(world, actor) : usual
    }
  }
}

/** The real `perform` on the case as it is in this world; nothing is kept. */
async function performed(world: World, actor: Actor, command: Name): Promise<Refusal | null> {
  const { state, now, facts } = world
  const page = { version: 9, head: HEAD, state, now, answered: null, facts: { ...facts, seen: 0 } }
  const ledger: Ledger = {
    open: async () => page,
    write: async () => 'written',
    alone: async (_actor, _stream, work) => work(ledger),
  }
  const { deps } = organisation({ ledger })
  const outcome = await perform(deps, actor, {
    kind: 'case',
    stream: CASE,
    key: 'k',
    command,
    input: sent(command, world, actor),
  })
  return isRefusal(outcome) ? outcome : null
}

describe('offers', () => {
  it('agree with the rules: what is open is not refused for who or when, and what is closed is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyMove, { minLength: 4, maxLength: 50, size: 'max' }),
        fc.nat(),
        async (moves, who) => {
          const world = walked(moves)
          if (!world.state.id) return
          const fresh = { auth_time: Date.parse(world.now) / 1000 - 60 }
          const viewer = pick(viewers, who)
          const actor = { ...viewer, auth: { ...viewer.auth, ...fresh } }
          for (const { command, open, reason } of offersFor(world, actor)) {
            const refusal = await performed(world, actor, command as Name)
            const about = `${actor.id} ${command} in ${world.state.stage}: "${reason}" but ${refusal?.code}: ${refusal?.sentence}`
            if (open) expect(refusal === null || ABOUT_INPUT.includes(refusal.code), about).toBe(true)
            else expect(refusal, about).not.toBeNull()
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})
