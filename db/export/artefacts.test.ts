import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApprovalFiles } from '@/lib/record/bundle-source'
import { utf8 } from '@/lib/record/bytes'
import { sha256Hex } from '@/lib/record/digest'
import { newWorld, type Recorded, record } from '@/lib/record/world.test-support'
import { bySignIn } from '@/lib/record/world-proofs.test-support'
import { type ContentStore, contentStore, isKept } from '../content/store'
import { type TestDatabase, testDatabase } from '../database.test-support'
import { SAMPLE_ORG } from '../seed/people'
import { artefacts, MissingContent } from './artefacts'
import type { Row } from './pages'

let test: TestDatabase
let content: ContentStore
beforeAll(async () => {
  test = await testDatabase()
  content = contentStore(test.deps.sql, await mkdtemp(join(tmpdir(), 'on-record-artefacts-')))
})
afterAll(() => test?.close())

async function keep(bytes: Uint8Array): Promise<string> {
  const kept = await content.keep(SAMPLE_ORG, [bytes], 100_000)
  if (!isKept(kept)) throw new Error(kept.notKept)
  return kept.sha256
}

const rowOf = ({ bytes, case: stream, seq, body }: Recorded): Row => ({
  ...{ stream, seq, index: seq, type: 'approval.recorded' },
  ...{ body: Buffer.from(bytes), hash: Buffer.from(body, 'hex') },
})

/** What an export takes along for a record of this one approval. */
async function approvalsOf(event: Recorded) {
  async function* pages() {
    yield rowOf(event)
  }
  const { approvals } = artefacts(content, SAMPLE_ORG, pages, { step: 'events', events: 0, bytes: 0 }, [])
  const found: ApprovalFiles[] = []
  for await (const approval of approvals()) found.push(approval)
  return found
}

const STATEMENT = utf8('{"type":"onrecord.approval/v1"}')
// As an issuer might spell it: to write it anew would be to write something else.
const KEYS = utf8('{ "keys" : [] ,\r\n"note":"\\u00e9" }\n\n')

function signedIn(keys: Uint8Array = KEYS) {
  const { kept, said } = bySignIn(STATEMENT, 'usr_chiara', 0, { said: { issuer_jwks: sha256Hex(keys) } })
  const approval = { approval: 'apr_1', method: 'oidc-nonce', statement_sha256: sha256Hex(STATEMENT) }
  const event = record(newWorld(), 'case_1', 'usr_chiara', 'approval.recorded', { ...approval, ...said })
  return { idToken: kept.oidc.idToken, event }
}

describe('what an export takes along of an approval by signing in again', () => {
  it('C07: is the id_token and the issuer’s keys, in exactly the bytes that were kept', async () => {
    const { idToken, event } = signedIn()
    for (const bytes of [STATEMENT, idToken, KEYS]) await keep(bytes)
    const [approval] = await approvalsOf(event)
    expect(approval).toEqual({
      ...{ approval: 'apr_1', statement: STATEMENT },
      oidc: { idToken, issuerJwks: KEYS },
    })
  })

  it('C31: is never left out in silence', async () => {
    const { idToken, event } = signedIn(utf8('keys that nobody kept'))
    for (const bytes of [STATEMENT, idToken]) await keep(bytes)
    await expect(approvalsOf(event)).rejects.toThrow(MissingContent)
  })
})
