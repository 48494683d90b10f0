import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// A time-stamping authority of our own: what `openssl ts -reply` answers, behind HTTP as RFC 3161 3.4 has it.

export type Authority = {
  /** Its root certificate, PEM. */
  readonly ca: string
  /** The certificate that signs, which is no authority's. */
  readonly leaf: string
  readonly folder: string
  readonly reply: (request: Uint8Array) => Uint8Array
}

type Kind = 'rsa' | 'ec'

const CONFIG = `
[req]
distinguished_name = dn
prompt = no
[dn]
CN = a test
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[middle]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[tsa]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = critical,timeStamping
[web]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
[ts]
default_tsa = now
[now]
serial = serial
signer_cert = tsa.pem
certs = chain.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
`

/** `usage`: the section of the configuration that the authority's certificate follows. */
export function newAuthority({
  kind = 'rsa',
  usage = 'tsa',
}: {
  kind?: Kind
  usage?: string
} = {}): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'on-record-authority-'))
  const run = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  writeFileSync(join(folder, 'openssl.cnf'), CONFIG)
  writeFileSync(join(folder, 'serial'), '01\n')
  const key =
    kind === 'rsa' ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const config = ['-config', 'openssl.cnf', '-nodes']
  run(
    'req',
    '-x509',
    ...key,
    ...config,
    '-subj',
    '/CN=Test Root',
    '-extensions',
    'ca',
    '-days',
    '30',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  )
  const sign = (name: string, subject: string, issuer: string, section: string, serial: string) => {
    run('req', ...key, ...config, '-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.csr`)
    const by = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-set_serial', serial, '-days', '20']
    run(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...by,
      '-extfile',
      'openssl.cnf',
      '-extensions',
      section,
      '-out',
      `${name}.pem`,
    )
  }
  sign('middle', '/CN=Test Intermediate', 'ca', 'middle', '2')
  sign('tsa', '/O=Halden/CN=Test Time', 'middle', usage, '3')
  writeFileSync(join(folder, 'chain.pem'), readFileSync(join(folder, 'middle.pem')))
  return {
    folder,
    ca: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    leaf: readFileSync(join(folder, 'tsa.pem'), 'utf8'),
    reply(request) {
      writeFileSync(join(folder, 'request.tsq'), request)
      run(
        'ts',
        '-reply',
        '-config',
        'openssl.cnf',
        '-section',
        'now',
        '-queryfile',
        'request.tsq',
        '-out',
        'response.tsr',
      )
      return new Uint8Array(readFileSync(join(folder, 'response.tsr')))
    },
  }
}

/** What `openssl ts -verify` says of a token over this file's content. */
export function opensslVerifies(
  { folder }: Authority,
  content: Uint8Array | string,
  token: Uint8Array,
): boolean {
  writeFileSync(join(folder, 'content'), content)
  writeFileSync(join(folder, 'token.tsr'), token)
  try {
    execFileSync('openssl', ['ts', '-verify', '-data', 'content', '-in', 'token.tsr', '-CAfile', 'ca.pem'], {
      cwd: folder,
      stdio: 'pipe',
    })
    return true
  } catch {
    return false
  }
}

/** The authority at an address. `answer` may change what it says. */
export async function serveAuthority(
  authority: Authority,
  answer = (request: Uint8Array) => authority.reply(request),
) {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    asked.push(request.headers['content-type'] ?? '')
    try {
      const reply = answer(new Uint8Array(Buffer.concat(chunks)))
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(reply)
    } catch {
      response.writeHead(500).end('no')
    }
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    asked,
    url: `http://127.0.0.1:${port}/tsa`,
    close: () => new Promise((done) => server.close(done)),
  }
}
