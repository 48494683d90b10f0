import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { formatVkey, noteSigner } from '../note'
import { allowedSignersLine } from '../sshsig'
import { codes, ordinarily, tell, verdictOn } from '../story.test-support'
import { EXPORT, LOG, POLICY, record, WITNESS, type World } from '../world.test-support'

// Acme's keys are published when its log begins, and replaced by others in the course of it.
const NEW_LOG = noteSigner(LOG.name, new Uint8Array(32).fill(11))
const line = allowedSignersLine('', EXPORT.publicKey).trim()
const blob = line.split(' ').at(-1) ?? ''
const digest = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64')
const FINGERPRINT = `SHA256:${digest.replace(/=+$/, '')}`

const say = (type: string, data: object) => (world: World) =>
  record(world, 'registry', 'svc_onrecord', type, data)
const exportKey = say('export-key.published', { key: `ssh-ed25519 ${blob}`, fingerprint: FINGERPRINT })
const exportKeyRetired = say('export-key.retired', { fingerprint: FINGERPRINT })
const logKey = say('log-key.published', { vkey: formatVkey(LOG) })
const newLogKey = say('log-key.published', { vkey: formatVkey(NEW_LOG), replaces: [formatVkey(LOG)] })
const logKeyRetired = say('log-key.retired', { vkey: formatVkey(LOG) })
const warrantKeyRetired = say('warrant-key.retired', { kid: 'warrants-1' })

/** A step of the story, with what is said before and after it. */
function around(
  step: Parameters<typeof ordinarily>[0],
  before: ((world: World) => unknown)[],
  after: ((world: World) => unknown)[] = [],
) {
  return {
    [step]: (world: World) => [...before, ordinarily(step), ...after].forEach((each) => void each(world)),
  }
}

const POLICY_OF_NEW = [
  `log ${formatVkey(NEW_LOG)}`,
  `witness w1 ${formatVkey(WITNESS)}`,
  'quorum w1',
  '',
].join('\n')

describe('C70 a retired export key', () => {
  it('has signed what was exported before its retirement', async () => {
    const world = tell({
      ...around('warrant key', [exportKey]),
      ...around('exported', [], [exportKeyRetired]),
    })
    expect(codes(await verdictOn(world))).toEqual([])
    expect((await verdictOn(world)).verified).toBe(true)
  })

  it('signs nothing that is exported afterwards', async () => {
    const world = tell({ ...around('warrant key', [exportKey]), ...around('exported', [exportKeyRetired]) })
    const report = await verdictOn(world)
    expect(codes(report)).toEqual(['signature.retired_key'])
    expect(report.conclusion).toBe(
      `Verification failed: The bundle is signed with ${FINGERPRINT}, which was retired before this export.`,
    )
  })
})

describe('C70 the log’s key, replaced', () => {
  const overlap = { ...around('warrant key', [logKey]), ...around('opened', [newLogKey]) }
  const both = { logKeys: [LOG, NEW_LOG] }

  it.each([
    ['old', POLICY],
    ['new', POLICY_OF_NEW],
  ])('is accepted during the overlap by who knows the %s key alone', async (_which, policy) => {
    const report = await verdictOn(tell(overlap), both, { policy })
    expect(codes(report)).toEqual([])
    expect(report.verified).toBe(true)
  })

  it('leaves what it signed before its retirement verified', async () => {
    const world = tell({ ...overlap, 'another case goes on': null })
    expect((await verdictOn(world)).verified).toBe(true)
  })

  it('no longer counts on a head that its retirement is in', async () => {
    const world = tell({ ...overlap, ...around('exported', [logKeyRetired]) })
    expect(codes(await verdictOn(world))).toEqual(['checkpoint.retired_key'])
    expect(codes(await verdictOn(world, { logKeys: [NEW_LOG] }, { policy: POLICY_OF_NEW }))).toEqual([])
    expect(codes(await verdictOn(world, { logKeys: [NEW_LOG] }))).toEqual(['checkpoint.not_signed'])
  })
})

describe('C70 a retired warrant key', () => {
  it('has signed what was issued before its retirement, and nothing that is issued later', async () => {
    expect((await verdictOn(tell(around('issued', [], [warrantKeyRetired])))).verified).toBe(true)
    expect(codes(await verdictOn(tell(around('issued', [warrantKeyRetired]))))).toEqual([
      'warrant.key_retired',
    ])
  })
})
