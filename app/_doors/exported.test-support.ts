import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { claimJob } from '@/db/export/job'
import { runJob } from '@/db/export/run'
import { asFolder } from '@/db/export/write'
import { ed25519Signer } from '@/lib/record/signature'
import { POST as exportCase } from '../api/v1/cases/[id]/export/route'
import { call } from './doors.test-support'
import type { ExecutorTest } from './executor.test-support'

const WRITER = 'this test'

/** Esther exports the case; the folder into which it was written. */
export async function exportedTo(t: ExecutorTest, id: string, purpose: string): Promise<string> {
  const asked = await call(exportCase, `/api/v1/cases/${id}/export`, {
    ...{ cookie: t.as('esther'), body: { purpose }, params: { id } },
    headers: { prefer: 'respond-async' },
  })
  const { sql, content } = t.doors
  const job = await claimJob(sql, 'org_halden', WRITER)
  if (asked.status !== 202 || !job) throw new Error(`nothing to write: ${asked.text}`)
  const folder = await mkdtemp(join(tmpdir(), 'on-record-exported-'))
  const signer = ed25519Signer(new Uint8Array(32).fill(9))
  const ended = await runJob(
    {
      exporting: { sql, content, software: 'On Record (test)', home: process.cwd() },
      key: async () => ({ signer, principal: 'record.example' }),
      ...{ org: 'org_halden', writer: WRITER },
      write: async (files) => {
        await asFolder(files, folder)
        return null
      },
    },
    job,
    new AbortController().signal,
  )
  if (ended.ending !== 'done') throw new Error(`not written: ${ended.ending}`, { cause: ended.error })
  return folder
}
