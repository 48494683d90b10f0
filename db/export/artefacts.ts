import { buffer } from 'node:stream/consumers'
import { fromBase64Url } from '@/lib/record/base64'
import type { ApprovalFiles, EvidenceFile } from '@/lib/record/bundle-source'
import { fromUtf8 } from '@/lib/record/bytes'
import { fromCose } from '@/lib/record/cose'
import type { Envelope } from '@/lib/record/envelope'
import { toPem } from '@/lib/record/public-key'
import type { Registry } from '@/lib/registry/registry'
import type { ContentStore } from '../content/store'
import type { Progress } from './job'
import type { Row } from './pages'

/** Something that the record names is not in the content store. */
export class MissingContent extends Error {
  override readonly name = 'MissingContent'
}

type AssertionFiles = { auth_data: string; client_data: string; signature: string }
type SignIn = { issuer_jwks: string }

/** What the events name by digest, out of the content store: statements, warrants, evidence. */
export function artefacts(
  content: ContentStore,
  org: string,
  pages: (types: readonly string[]) => AsyncIterable<Row>,
  progress: Progress,
  passkeys: Registry['passkeys'],
) {
  const dataOf = (type: string) => dataIn(pages([type]))
  return {
    approvals: async function* (): AsyncGenerator<ApprovalFiles> {
      for await (const data of dataOf('approval.recorded')) {
        const statement = await whole(String(data.statement_sha256))
        yield { approval: String(data.approval), statement, ...(await proof(data)) }
      }
    },
    emergencies: async function* (): AsyncGenerator<ApprovalFiles> {
      for await (const data of dataOf('breakglass.invoked')) {
        const approval = String(data.statement_sha256)
        yield { approval, statement: await whole(approval), ...(await proof(data)) }
      }
    },
    warrants: async function* (): AsyncGenerator<{ jti: string; jwt: string }> {
      for await (const data of dataOf('warrant.issued')) {
        yield { jti: String(data.jti), jwt: fromUtf8(await whole(String(data.warrant_sha256))) }
      }
    },
    evidence: async function* (): AsyncGenerator<EvidenceFile> {
      progress.step = 'evidence'
      for await (const data of dataOf('evidence.attached')) {
        if (data.kind === 'sealed-secret') continue
        const sha256 = String(data.sha256)
        yield {
          sha256,
          extension: extensionOf(String(data.name), String(data.media_type)),
          content: tapped((await open(sha256)).stream),
        }
      }
    },
  }

  async function proof(data: Record<string, unknown>): Promise<Pick<ApprovalFiles, 'webauthn' | 'oidc'>> {
    if (data.method === 'webauthn') return { webauthn: await assertion(data) }
    return data.method === 'oidc-nonce' ? { oidc: await signIn(data) } : {}
  }

  /** The sign-in as the issuer vouched for it, and its keys of that moment. */
  async function signIn({ assertion_sha256, sign_in }: Record<string, unknown>) {
    const { issuer_jwks } = sign_in as SignIn
    return { idToken: await whole(String(assertion_sha256)), issuerJwks: await whole(issuer_jwks) }
  }

  /** The passkey's signature with all that it covers, and the key as it was enrolled. */
  async function assertion({ credential_id, assertion_files }: Record<string, unknown>) {
    const { client_data, auth_data, signature } = assertion_files as AssertionFiles
    const key = passkeys.find((each) => each.credential_id === credential_id)
    if (!key) throw new Error('a passkey signed a decision, and the registry does not know it')
    return {
      clientData: await whole(client_data),
      authData: await whole(auth_data),
      signature: await whole(signature),
      credentialPem: toPem(fromCose(fromBase64Url(key.cose))),
    }
  }

  async function* tapped(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const part of parts) {
      progress.bytes += part.byteLength
      yield part
    }
  }

  async function open(sha256: string) {
    const found = await content.read(org, sha256)
    if (!found) throw new MissingContent(`the content ${sha256} is on the record but not in the store`)
    return found
  }

  async function whole(sha256: string): Promise<Uint8Array> {
    return new Uint8Array(await buffer((await open(sha256)).stream))
  }
}

async function* dataIn(rows: AsyncIterable<Row>): AsyncGenerator<Record<string, unknown>> {
  for await (const row of rows) {
    if (!row.body) continue
    const envelope: Envelope<string, Record<string, unknown>> = JSON.parse(fromUtf8(row.body))
    yield envelope.data
  }
}

const BY_TYPE: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'application/json': 'json',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'application/pdf': 'pdf',
}

/** From the type that was found, else from the name, if that has a plain one. */
function extensionOf(name: string, mediaType: string): string {
  const own = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase()
  return BY_TYPE[mediaType] ?? own ?? 'bin'
}
