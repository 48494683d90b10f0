import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { utf8 } from './bytes'
import { ed25519Signer } from './signature'
import {
  allowedSignersLine,
  BUNDLE_NAMESPACE,
  parseAllowedSigners,
  parseSshsig,
  sshsigSign,
  sshsigVerify,
} from './sshsig'
import { vectorBytes, vectorText } from './vectors.test-support'

const signer = ed25519Signer(new Uint8Array(32).fill(5))
const message = utf8('a tag manifest\n')
const folder = mkdtempSync(join(tmpdir(), 'sshsig-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe("a bundle's signature", () => {
  const armoured = sshsigSign(signer, BUNDLE_NAMESPACE, message)

  it('is good for its message and its namespace only', () => {
    const sshsig = parseSshsig(armoured)
    expect(sshsig.publicKey).toEqual(signer.publicKey)
    expect(sshsigVerify(sshsig, BUNDLE_NAMESPACE, message)).toBe(true)
    expect(sshsigVerify(sshsig, BUNDLE_NAMESPACE, utf8('another'))).toBe(false)
    expect(sshsigVerify(sshsig, 'git', message)).toBe(false)
    expect(sshsigVerify(parseSshsig(sshsigSign(signer, 'git', message)), BUNDLE_NAMESPACE, message)).toBe(
      false,
    )
  })

  it('C29: is accepted by ssh-keygen', () => {
    writeFileSync(join(folder, 'signers'), allowedSignersLine('onrecord.example', signer.publicKey))
    writeFileSync(join(folder, 'sig'), armoured)
    const check = [
      '-Y',
      'verify',
      '-f',
      'signers',
      '-I',
      'onrecord.example',
      '-n',
      BUNDLE_NAMESPACE,
      '-s',
      'sig',
    ]
    expect(execFileSync('ssh-keygen', check, { cwd: folder, input: message }).toString()).toContain('Good')
    expect(spawnSync('ssh-keygen', check, { cwd: folder, input: 'another' }).status).not.toBe(0)
  })

  it('may be made by ssh-keygen', () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')])
    writeFileSync(join(folder, 'message'), message)
    execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', 'key', '-n', BUNDLE_NAMESPACE, 'message'], {
      cwd: folder,
    })
    const sshsig = parseSshsig(readFileSync(join(folder, 'message.sig'), 'utf8'))
    expect(sshsigVerify(sshsig, BUNDLE_NAMESPACE, message)).toBe(true)
    const [key] = parseAllowedSigners(`me@example.org ${readFileSync(join(folder, 'key.pub'), 'utf8')}`)
    expect(key).toEqual({ principal: 'me@example.org', publicKey: sshsig.publicKey })
  })

  it('is there in the published example', () => {
    const sshsig = parseSshsig(vectorText('sample-bag/tagmanifest-sha256.txt.sig'))
    expect(sshsigVerify(sshsig, BUNDLE_NAMESPACE, vectorBytes('sample-bag/tagmanifest-sha256.txt'))).toBe(
      true,
    )
  })

  it.each([
    armoured.replace('BEGIN SSH', 'BEGIN PGP'),
    armoured.replace('U1NIU0lH', 'U1NIU0lI'),
    armoured.replace(/\n-----END/, 'AAAA\n-----END'),
    armoured.split('\n').toSpliced(2, 1).join('\n'),
    '',
  ])('has one shape only', (text) => {
    expect(() => parseSshsig(text)).toThrow()
  })
})

describe('the allowed signers', () => {
  it('are those whose key may sign bundles', () => {
    const line = allowedSignersLine('ops@example.org', signer.publicKey)
    const text = `# comment\n\n${line}${line.replace(BUNDLE_NAMESPACE, 'git')}other ssh-rsa AAAA\n`
    expect(parseAllowedSigners(text)).toEqual([{ principal: 'ops@example.org', publicKey: signer.publicKey }])
  })
})
