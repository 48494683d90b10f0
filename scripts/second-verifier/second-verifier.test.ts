import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../lib/record/bytes'
import { edit, type Files } from '../../lib/record/folder.test-support'
import { type IdTokenAlgorithm, softIssuer } from '../../lib/record/issuer.test-support'
import { bobSignsIn, type Crime, ordinarily, type Telling, tell } from '../../lib/record/story.test-support'
import { correctionVectors, signInVectors } from '../../lib/record/vectors.test-support'
import {
  drop,
  flip,
  inEvents,
  policy,
  sample,
  type Tampering,
  without,
} from '../../lib/record/verify/tamper.test-support'
import { CASE, POLICY, record, stream, type World } from '../../lib/record/world.test-support'
import {
  ACTION,
  approve,
  breakGlass,
  enrol,
  identify,
  request,
} from '../../lib/record/world-acts.test-support'
import { pack, sourceOf } from '../../lib/record/world-bundle.test-support'
import { firstOpinion, hasPython, python, secondOpinions } from './opinions.test-support'

const secondOpinion = (files: Files, ownPolicy: string) => secondOpinions([files], ownPolicy)[0] ?? []
const ofVectors = (program: string, file: string) =>
  python(program, join(import.meta.dirname, '../../docs/vectors', file))

const SAMPLES: Tampering[] = [
  ['nothing', () => {}, []],
  [
    'an event edited',
    inEvents((text) => text.replace('token valid', 'token stale')),
    ['chain.broken', 'entry.mismatch'],
  ],
  ['an event left out', without(4), ['chain.gap']],
  ['the last events cut off', without(17, 18), ['stream.hidden_events', 'tail.open']],
  ['an event re-spelled', inEvents((text) => text.replace('{"actor"', '{ "actor"')), ['event.not_canonical']],
  [
    'a checkpoint of another size',
    (files) => edit(files, 'data/log/checkpoint', (text) => text.replace('\n287\n', '\n286\n')),
    ['checkpoint.bad_signature', 'proof.bad', 'witness.forged', 'witness.quorum_not_met'],
  ],
  ['a tile of entries touched', flip('data/log/tile/entries/000'), ['tile.altered']],
  ['a statement touched', flip('data/approvals/apr_1/statement.json'), ['approval.statement_altered']],
  [
    'a policy set put in the place of one that lacks',
    (files) =>
      files.set(
        'data/policies/2ccaae005e798533a8b6add724ba37deb3060e895a31e3031e1ec25db4ace90d.json',
        utf8('{}'),
      ),
    ['policy_set.altered'],
  ],
  ['no policy set', () => {}, ['(policy_set.missing)']],
  ['a signature left out', drop('data/approvals/apr_2/signature.bin'), ['approval.assertion_missing']],
]

const corrects =
  (seq: number, digestOf: number) =>
  (world: World): void => {
    const body = stream(world, CASE)[digestOf]?.body
    record(world, CASE, 'usr_alice', 'entry.corrected', { seq, body, text: 'It was 10:42.', reason: null })
  }

const CRIMES: Crime[] = [
  ['nothing', {}, []],
  ['a correction names another entry than its digest does', { executed: corrects(1, 0) }, []],
  ['a correction names no entry that was there', { executed: corrects(50, 1) }, []],
  [
    'Bob enrolled only after he approved',
    { 'bob enrols': null, issued: (world: World) => enrol(world, 'usr_bob') },
    [],
  ],
  [
    'the requester approved',
    { 'bob approves': (world) => approve(world, { approver: 'usr_alice', credential: 'cred_usr_bob' }) },
    [],
  ],
  [
    'the executor’s owner approved',
    { 'bob approves': (world) => approve(world, { approver: 'usr_erin' }) },
    [],
  ],
  [
    'another action was approved',
    {
      'bob approves': (world) =>
        approve(world, { approver: 'usr_bob', action: { ...ACTION, target: 'svc_other' } }),
    },
    [],
  ],
  [
    'nobody touched the passkey',
    { 'bob approves': (world) => approve(world, { approver: 'usr_bob', flags: 0 }) },
    [],
  ],
  [
    'a password was enough',
    {
      requested: (world) => request(world, { quorum: { approvals: 2, owner: false, assurance: 'passkey' } }),
      'bob approves': (world) => approve(world, { approver: 'usr_bob', method: 'session' }),
    },
    [],
  ],
  [
    'a password was enough where somebody had to vouch',
    {
      requested: (world) => request(world, { quorum: { approvals: 2, owner: false, assurance: 'vouched' } }),
      'bob approves': (world) => approve(world, { approver: 'usr_bob', method: 'fresh-sign-in' }),
    },
    [],
  ],
  [
    'the digest of another action',
    { requested: (world) => request(world, { actionDigest: `sha256:${'0'.repeat(64)}` }) },
    [],
  ],
  [
    'the glass was broken without a touch of the passkey',
    { 'bob approves': (world) => breakGlass(world, { approver: 'usr_bob', flags: 4 }) },
    [],
  ],
  [
    'the glass was broken by the executor’s owner, with somebody else’s passkey',
    {
      'bob approves': (world) =>
        breakGlass(world, { approver: 'usr_erin', credential: 'cred_usr_bob', method: 'webauthn' }),
    },
    [],
  ],
  [
    'the glass was broken by a session alone',
    { 'bob approves': (world) => breakGlass(world, { approver: 'usr_bob', method: 'session' }) },
    [],
  ],
  [
    'the key was revoked before',
    {
      requested: (world) => {
        request(world)
        record(world, 'registry', 'usr_bob', 'credential.revoked', { credential_id: 'cred_usr_bob' })
      },
    },
    [],
  ],
]

/** His sign-in is on record, and not in the bundle. */
const withheld: Telling = {
  ...bobSignsIn(),
  exported: (world) => {
    const { approval = '', statement = utf8('') } = world.approvals.get('apr_usr_bob') ?? {}
    world.approvals.set(approval, { approval, statement })
    ordinarily('exported')(world)
  },
}
const [issuer, other] = [softIssuer(), softIssuer()]
/** Erin uses Bob's account. */
const together: Telling = {
  ...bobSignsIn(),
  'dana approves': (world) => {
    const signIn = { claims: { sub: 'subject of usr_bob' }, said: { subject: 'subject of usr_bob' } }
    approve(world, { approver: 'usr_erin', method: 'oidc-nonce', signIn })
  },
}
const WRONG_SIGN_INS: [what: string, telling: Telling, code: string][] = [
  ['is not there', withheld, 'approval.id_token_missing'],
  ['is not the one on record', bobSignsIn({ said: { issuer_jwks: '00' } }), 'approval.id_token_altered'],
  ['is signed by another', bobSignsIn({ issuer, keys: [other.jwk] }), 'approval.id_token_bad_signature'],
  [
    'names two keys',
    bobSignsIn({ issuer, keys: [issuer.jwk, other.jwk] }),
    'approval.id_token_bad_signature',
  ],
  ['is signed by nobody', bobSignsIn({ header: { alg: 'none' } }), 'approval.id_token_bad_signature'],
  [
    'chooses its key',
    bobSignsIn({ header: { jku: 'https://evil.example' } }),
    'approval.id_token_bad_signature',
  ],
  ['is for another statement', bobSignsIn({ claims: { nonce: 'another' } }), 'approval.wrong_nonce'],
  [
    'is another person’s',
    bobSignsIn({ claims: { sub: 'subject of usr_erin' } }),
    'approval.id_token_mismatch',
  ],
  ['is to another program', bobSignsIn({ claims: { aud: ['wiki'] } }), 'approval.id_token_mismatch'],
  [
    'has no one audience',
    bobSignsIn({ claims: { aud: ['wiki', 'on-record'] } }),
    'approval.id_token_mismatch',
  ],
  ['is two people’s', together, 'approval.shared_account'],
  ['is by nobody’s account', { ...bobSignsIn(), 'bob enrols': null }, 'approval.account_not_tied'],
  ['is by an account without an issuer', bobSignsIn({ claims: { iss: 7 } }), 'approval.account_not_tied'],
  [
    'is by somebody else’s account',
    { ...bobSignsIn(), 'bob enrols': (world) => identify(world, 'usr_erin', 'subject of usr_bob') },
    'approval.account_of_another',
  ],
  [
    'is by an account of two members',
    { ...bobSignsIn(), issued: (world) => identify(world, 'usr_erin', 'subject of usr_bob') },
    'approval.account_of_several',
  ],
  [
    'is by an account that was his only later',
    { ...bobSignsIn(), 'bob enrols': null, issued: (world) => identify(world, 'usr_bob') },
    'approval.account_tied_later',
  ],
  ['is an hour old', bobSignsIn({ claims: { auth_time: 1_772_434_809 } }), 'approval.sign_in_stale'],
  ['has no time', bobSignsIn({ claims: { auth_time: true } }), 'approval.sign_in_stale'],
]

/** Every check of the sign-in of `sign-ins.json`, in a bag of it alone, once with each of its registries. */
const ABOUT_ACCOUNTS = `
import json, os, sys, tempfile
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import verify
said = json.load(open(sys.argv[2]))
found = []
for case in said["cases"]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("id-token.jwt", said["id_token"]), ("issuer-jwks.json", said["issuer_jwks"])):
            open(os.path.join(folder, name), "w").write(text)
        codes, bag = [], verify.Bag(folder)
        one = {"data": said["data"], "index": said["index"], "at": said["at"], "where": ""}
        signed = said["statement"].encode()
        fail = lambda code: codes.append("approval." + code)
        verify.check_sign_in(bag, fail, "", one, said["data"]["approver"], json.loads(signed), signed, case["registry"])
        found.append(sorted(codes))
print(json.dumps(found))`

/** The codes about corrections in each of the bundles of `corrections.json`, which have events alone. */
const ABOUT_CORRECTIONS = `
import json, os, sys, tempfile
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import verify
found = []
for case in json.load(open(sys.argv[2]))["cases"]:
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "data"))
        open(os.path.join(folder, "data/events.ndjson"), "w", newline="\\n").writelines(line + "\\n" for line in case["lines"])
        bag = verify.Bag(folder)
        verify.check_events(bag, None)
        found.append(sorted({code for code, _ in bag.found if code.startswith("correction.")}))
print(json.dumps(found))`

describe.skipIf(!hasPython)('a second verifier, written from the document in another language', () => {
  it.each(SAMPLES)('C29: agrees about the published bundle with %s', async (_, tamper, expected) => {
    const files = new Map(sample)
    tamper(files)
    const found = secondOpinion(files, policy)
    for (const code of expected) expect(found).toContain(code)
    expect(found).toEqual(await firstOpinion(files, policy))
  })

  it('C20: agrees about a case in which the glass was broken as it should be', async () => {
    const signed = (world: World) => breakGlass(world, { approver: 'usr_bob' })
    expect(secondOpinion(await pack(sourceOf(tell({ 'bob approves': signed }))), POLICY)).toEqual([])
  })

  it('C29: agrees about a case in which an entry was corrected', async () => {
    const files = await pack(sourceOf(tell({ 'another case': corrects(0, 0) })))
    expect(secondOpinion(files, POLICY)).toEqual([])
    expect(await firstOpinion(files, POLICY)).toEqual([])
  })

  it.each(CRIMES)('C07: agrees about a case in which %s', async (_, telling) => {
    const files = await pack(sourceOf(tell(telling)))
    const found = secondOpinion(files, POLICY)
    expect(found).toEqual(await firstOpinion(files, POLICY))
    expect(found.length > 0).toBe(Object.keys(telling).length > 0)
  })

  it.each<IdTokenAlgorithm>(['RS256', 'PS256', 'ES256', 'EdDSA'])(
    'C07: agrees that a sign-in for exactly this counts, signed with %s',
    async (alg) => {
      const files = await pack(sourceOf(tell(bobSignsIn({ issuer: softIssuer(alg) }))))
      const found = secondOpinion(files, POLICY)
      expect(found).toEqual(['(approval.issuer_keys_copied)'])
      expect(found).toEqual(await firstOpinion(files, POLICY))
    },
  )

  it('C69: finds in the vectors of sign-ins what they say, that the sign-in itself stands among it', () => {
    expect(ofVectors(ABOUT_ACCOUNTS, 'sign-ins.json')).toEqual(
      signInVectors.cases.map(({ failures }) => failures),
    )
  })

  it('C22: finds in the vectors of corrections what they say', () => {
    expect(ofVectors(ABOUT_CORRECTIONS, 'corrections.json')).toEqual(
      correctionVectors.cases.map(({ failures }) => failures),
    )
  })

  it.each(WRONG_SIGN_INS)('C07: agrees about a sign-in that %s', async (_, telling, code) => {
    const files = await pack(sourceOf(tell(telling)))
    const found = secondOpinion(files, POLICY)
    expect(found).toContain(code)
    expect(found).toEqual(await firstOpinion(files, POLICY))
  })
})
