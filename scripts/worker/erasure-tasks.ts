import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import { connect } from '../../db/client'
import { contentStore } from '../../db/content/store'
import { removeContent } from '../../db/erasure/remove-content'
import { eraseDue } from '../../db/erasure/retain'
import { removeExpired } from '../../db/export/exporter'
import { exportFiles } from '../../db/export/files'
import { systemActor } from '../system'
import { TryAgain, type Work } from './work'

const erased = z.object({ org: z.string().min(1), case: z.string() })

/** What an erasure leaves to do outside the database, and what a retention rule asks for every day. */
export function erasureTasks(work: Work): TaskList {
  const { deps, environment, log, org } = work
  const daily: TaskList = {
    'erase-by-rule': async () => {
      const done = await eraseDue(deps, systemActor('sys_worker', org))
      if (done.events) log.info(done, 'erased by rule')
    },
  }
  const { ON_RECORD_DATA: data } = environment
  if (!data) return daily
  const [content, files] = [contentStore(deps.sql, data), exportFiles(data)]
  return {
    ...daily,
    'remove-content': async (payload) => {
      const { org: of, case: id } = erased.parse(payload)
      await forgetJobs(work.queueUrl, id)
      await removeExpired({ exporting: { sql: deps.sql }, files, org: of })
      const { removed, waiting } = await removeContent(
        { ...deps, content },
        systemActor('sys_worker', of),
        id,
      )
      if (removed) log.info({ case: id, removed }, 'files of erased evidence removed')
      if (waiting) throw new TryAgain('a file is too young')
    },
  }
}

/** A job that was given up keeps what it was told, which may be what somebody said in chat. */
async function forgetJobs(queueUrl: string, id: string): Promise<void> {
  const sql = connect(queueUrl, 1, 'on-record erasure')
  try {
    await sql`
      select graphile_worker.complete_jobs(array(
        select id from graphile_worker._private_jobs where attempts >= max_attempts and payload ->> 'case' = ${id}))`
  } finally {
    await sql.end({ timeout: 1 })
  }
}
