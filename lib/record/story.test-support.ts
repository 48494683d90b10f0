import { readerOf } from './folder.test-support'
import { type Report, type VerifyOptions, verifyBundle } from './verify'
import { attach, CASE, newWorld, POLICY, record, WARRANT_JWK, type World } from './world.test-support'
import { approve, enrol, identify, issue, request } from './world-acts.test-support'
import { type Packing, pack, sourceOf } from './world-bundle.test-support'
import type { SigningIn } from './world-proofs.test-support'

type Step = (world: World) => unknown

/** An ordinary case, step by step: what each test changes is one step of it. */
const STORY = {
  'warrant key': (world: World) =>
    record(world, 'registry', 'svc_onrecord', 'warrant-key.published', {
      kid: 'warrants-1',
      jwk: WARRANT_JWK,
    }),
  'bob enrols': (world: World) => enrol(world, 'usr_bob'),
  'dana enrols': (world: World) => enrol(world, 'usr_dana'),
  'erin enrols': (world: World) => enrol(world, 'usr_erin'),
  opened: (world: World) => record(world, CASE, 'usr_alice', 'case.state', { from: null, to: 'identify' }),
  'another case': (world: World) =>
    record(world, 'case_2', 'usr_zoe', 'case.state', { from: null, to: 'identify' }),
  evidence: (world: World) => attach(world, 'what was found'),
  requested: (world: World) => request(world),
  'bob approves': (world: World) => approve(world, { approver: 'usr_bob' }),
  'dana approves': (world: World) => approve(world, { approver: 'usr_dana' }),
  issued: (world: World) => issue(world),
  redeemed: (world: World) =>
    record(world, CASE, 'nhi_rotator', 'warrant.redeemed', { request: 'req_1', jti: 'wrt_1' }),
  executed: (world: World) =>
    record(world, CASE, 'nhi_rotator', 'action.executed', {
      request: 'req_1',
      jti: 'wrt_1',
      outcome: 'succeeded',
      executor_owner: 'usr_erin',
    }),
  exported: (world: World) =>
    record(world, CASE, 'usr_audra', 'case.exported', { scope: 'case', format: 'onrecord-bundle/v1' }),
  'another case goes on': (world: World) =>
    record(world, 'case_2', 'usr_zoe', 'case.state', { from: 'identify', to: 'confirm' }),
} satisfies Record<string, Step>

type StepName = keyof typeof STORY
export type Telling = Partial<Record<StepName, Step | null>>
/** What was done, how that is told, and the codes that it is found under. */
export type Crime = [what: string, telling: Telling, codes: string[]]

/** The story with some of its steps told differently; null leaves a step out. */
export function tell(changes: Telling = {}): World {
  const world = newWorld()
  for (const name of Object.keys(STORY) as StepName[]) {
    const step = changes[name]
    if (step === undefined) STORY[name](world)
    else step?.(world)
  }
  return world
}

/** Bob has no passkey: his account at the provider is on record, and he signs in again for exactly what he approves. */
export function bobSignsIn(signIn: SigningIn = {}): Telling {
  return {
    'bob enrols': (world) => identify(world, 'usr_bob'),
    'bob approves': (world) => approve(world, { approver: 'usr_bob', method: 'oidc-nonce', signIn }),
  }
}

/** A step as it is told ordinarily. */
export function ordinarily(name: StepName): Step {
  return STORY[name]
}

/** The verdict of an auditor with their own policy on what this world exports. */
export async function verdictOn(
  world: World,
  packing: Packing = {},
  options: VerifyOptions = {},
): Promise<Report> {
  return verifyBundle(readerOf(await pack(sourceOf(world, packing))), { policy: POLICY, ...options })
}

export function codes({ findings }: Report, level = 'fail'): string[] {
  return [...new Set(findings.filter((finding) => finding.level === level).map(({ code }) => code))].sort()
}

/** A key is revoked before it is used. */
export function revokedFirst(world: World): void {
  STORY.requested(world)
  record(world, 'registry', 'usr_bob', 'passkey.revoked', { credential_id: 'cred_usr_bob' })
}
