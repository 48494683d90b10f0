import { execSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signs, softKey } from './authenticator.test-support'
import { bundle } from './bundle'
import { concat, fromUtf8, utf8 } from './bytes'
import { fromCose } from './cose'
import { sha256, sha256Hex } from './digest'
import { type Files, readerOf, readFolder } from './folder.test-support'
import { toPem } from './public-key'
import { ed25519Signer } from './signature'
import { tell } from './story.test-support'
import { verifyBundle } from './verify'
import { CASE, POLICY, POLICY_SET } from './world.test-support'
import { breakGlass } from './world-acts.test-support'
import { pack, sourceOf } from './world-bundle.test-support'

const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
let files: Files
beforeAll(async () => {
  files = await pack(sourceOf(tell()))
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (command: string, cwd = folder) =>
  execSync(command, { cwd, stdio: 'pipe', shell: '/bin/bash' }).toString()
const key = { signer: ed25519Signer(new Uint8Array(32).fill(3)), principal: 'onrecord.test' }

/** The indented commands of the bundle's own README. */
function commands(): string {
  return readFileSync(join(folder, 'data/README.txt'), 'utf8')
}

/** What the README has for the folder of an approval. */
function openssl(): string {
  return /cd data\/approvals\/ID\n([\s\S]*?)\n\n/.exec(commands())?.[1] ?? ''
}

/** What these commands say is that the signature stands, and that it is about the statement. */
function expectSigned(said: string, place: string): void {
  const { challenge } = JSON.parse(readFileSync(join(folder, place, 'clientdata.json'), 'utf8'))
  expect(said).toContain('Verified OK')
  expect(said).toContain(challenge)
}

describe('a bundle', () => {
  it('C29: has the layout that it should have, and nothing else', () => {
    expect([...files.keys()]).toEqual([
      'data/README.txt',
      'data/events.ndjson',
      'data/log/checkpoint',
      'data/log/policy',
      'data/log/proofs.ndjson',
      'data/log/head.tlog-proof',
      expect.stringMatching(/^data\/log\/tile\/entries\/000\.p\/\d+$/),
      expect.stringMatching(/^data\/log\/tile\/0\/000\.p\/\d+$/),
      'data/registry.ndjson',
      `data/policies/${sha256Hex(POLICY_SET)}.json`,
      ...['usr_bob', 'usr_dana'].flatMap((person) =>
        ['statement.json', 'clientdata.json', 'authdata.bin', 'signature.bin', 'credential.pem'].map(
          (name) => `data/approvals/apr_${person}/${name}`,
        ),
      ),
      'data/warrants/wrt_1.jwt',
      'data/warrants/jwks.json',
      expect.stringMatching(/^data\/evidence\/[0-9a-f]{64}\.txt$/),
      'bag-info.txt',
      'bagit.txt',
      'manifest-sha256.txt',
      'tagmanifest-sha256.txt',
      'tagmanifest-sha256.txt.sig',
    ])
  })

  it('C29: is checked by sha256sum, as its README says', () => {
    expect(commands()).toContain('sha256sum -c --quiet tagmanifest-sha256.txt')
    expect(
      run('sha256sum -c --quiet tagmanifest-sha256.txt && sha256sum -c --quiet manifest-sha256.txt'),
    ).toBe('')
  })

  it('C29: is checked by ssh-keygen, as its README says', () => {
    const [, signers = ''] = /^ {3}(onrecord\.test namespaces=.*)$/m.exec(commands()) ?? []
    writeFileSync(join(folder, '../allowed_signers'), `${signers}\n`)
    const [check = ''] = /ssh-keygen -Y verify[^\n]*\n[^\n]*/.exec(commands()) ?? []
    expect(run(check.replace('-f allowed_signers', '-f ../allowed_signers'))).toContain(
      'Good "onrecord-bundle@v1"',
    )
  })

  it('C07: its approvals are checked by openssl alone, as its README says', () => {
    const block = openssl()
    for (const person of ['usr_bob', 'usr_dana'])
      expectSigned(run(block, join(folder, `data/approvals/apr_${person}`)), `data/approvals/apr_${person}`)
  })

  it('C07 C20: what broke the glass is checked by openssl alone, with the same commands', async () => {
    const told = tell({ 'dana approves': (w) => breakGlass(w, { approver: 'usr_dana' }) })
    for (const [path, content] of await pack(sourceOf(told))) {
      if (!path.startsWith('data/emergencies/')) continue
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    const [id = ''] = readdirSync(join(folder, 'data/emergencies'))
    const place = `data/emergencies/${id}`
    const statement = readFileSync(join(folder, place, 'statement.json'))
    expect(run('sha256sum statement.json', join(folder, place))).toContain(id)
    expect(JSON.parse(statement.toString()).decision).toBe('break-glass')
    expectSigned(run(openssl(), join(folder, place)), place)
    writeFileSync(join(folder, place, 'statement.json'), statement.toString().replace('req_1', 'req_2'))
    expect(() => expectSigned(run(openssl(), join(folder, place)), place)).toThrow()
    rmSync(join(folder, 'data/emergencies'), { recursive: true })
  })

  it('C07: an approval with an Ed25519 key too, with the other command that its README has for it', () => {
    const key = softKey('EdDSA')
    const made = signs(key, { challenge: 'any', origin: 'https://onrecord.test', rpId: 'onrecord.test' })
    const place = mkdtempSync(join(tmpdir(), 'ed25519-'))
    writeFileSync(join(place, 'credential.pem'), toPem(fromCose(key.cose)))
    writeFileSync(join(place, 'signature.bin'), made.signature)
    writeFileSync(join(place, 'signed.bin'), concat(made.authData, sha256(made.clientData)))
    const [check = ''] = /openssl pkeyutl .*/.exec(commands()) ?? []
    expect(run(check, place)).toContain('Verified Successfully')
    writeFileSync(join(place, 'signed.bin'), concat(made.authData, sha256('something else')))
    expect(() => run(check, place)).toThrow()
    rmSync(place, { recursive: true })
  })

  it('its chain can be followed by hand, as its README says', () => {
    const digest = run("sed -n 1p data/events.ndjson | tr -d '\\n' | sha256sum").slice(0, 64)
    expect(run('sed -n 2p data/events.ndjson')).toContain(`"prev":"${digest}"`)
  })

  it('C29: is verified from the folder that it was written to', async () => {
    const report = await verifyBundle(readerOf(readFolder(folder)), { policy: POLICY })
    expect(report.conclusion).toBe('Verified, with w1 as witnesses under your own policy.')
  })

  it('leaves out what there is not', async () => {
    const whole = sourceOf(tell())
    const { registry: _r, tiles: _t, approvals: _a, warrants: _w, evidence: _e, ...some } = whole
    const { policySets: _p, ...least } = some
    const paths = [...(await pack(least)).keys()].filter((path) => path.startsWith('data/'))
    expect(paths).toEqual([
      'data/README.txt',
      'data/events.ndjson',
      'data/log/checkpoint',
      'data/log/policy',
      'data/log/proofs.ndjson',
      'data/log/head.tlog-proof',
    ])
  })

  it('has what else there is', async () => {
    const rich = {
      ...sourceOf(tell()),
      anchors: [{ size: 3, checkpoint: 'x\n', timestamp: new Uint8Array(3) }],
      async *derived() {
        yield { name: 'timeline.csv', content: utf8('x') }
      },
      async *approvals() {
        yield {
          approval: 'a',
          statement: utf8('{}'),
          oidc: { idToken: utf8('x.y.z'), issuerJwks: utf8('{}') },
        }
      },
    }
    const paths = [...(await pack(rich)).keys()]
    for (const path of [
      'anchors/3.checkpoint',
      'anchors/3.tsr',
      'derived/timeline.csv',
      'approvals/a/id-token.jwt',
      'approvals/a/issuer-jwks.json',
    ])
      expect(paths).toContain(`data/${path}`)
  })

  it.each(['../../etc/passwd', 'a b', '', 'é', '.', 'x/../y', '/x'])(
    'C35: never has a file named %j',
    async (name) => {
      const source = {
        ...sourceOf(tell()),
        async *derived() {
          yield { name, content: utf8('x') }
        },
      }
      await expect(pack(source)).rejects.toThrow('cannot be a name')
    },
  )

  it('never has one file twice', async () => {
    const file = { name: 'x.txt', content: utf8('x') }
    const source = {
      ...sourceOf(tell()),
      async *derived() {
        yield* [file, file]
      },
    }
    await expect(pack(source)).rejects.toThrow('twice')
  })

  it('C34: has evidence once that was attached twice', async () => {
    const twice = { sha256: '0'.repeat(64), extension: 'txt', content: utf8('x') }
    const source = {
      ...sourceOf(tell()),
      async *evidence() {
        yield* [twice, { ...twice, extension: 'bin' }]
      },
    }
    expect([...(await pack(source)).keys()].filter((path) => path.includes('evidence'))).toHaveLength(1)
  })

  it('is not finished by somebody who does not read it', async () => {
    const skipped = async () => {
      for await (const _ of bundle(sourceOf(tell()), key));
    }
    await expect(skipped()).rejects.toThrow('not read to its end')
  })

  it('keeps its information on one line each', async () => {
    const source = sourceOf(tell())
    const about = { ...source.about, organization: 'Acme\nPayload-Oxum: 0.0' }
    const info = fromUtf8((await pack({ ...source, about })).get('bag-info.txt') ?? new Uint8Array(0))
    expect(info).toContain('Source-Organization: Acme Payload-Oxum: 0.0\n')
    expect(info).toContain(`External-Identifier: ${CASE}\n`)
  })

  it('holds nothing in memory but a digest for each file', async () => {
    const megabyte = new Uint8Array(1024 * 1024)
    async function* large() {
      for (let i = 0; i < 200; i++) yield megabyte
    }
    const source = {
      ...sourceOf(tell()),
      async *derived() {
        yield { name: 'large.bin', content: large() }
      },
    }
    const before = process.memoryUsage().rss
    let bytes = 0
    for await (const { content } of bundle(source, key))
      for await (const chunk of content) bytes += chunk.length
    expect(bytes).toBeGreaterThan(200 * megabyte.length)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * megabyte.length)
  })
})
