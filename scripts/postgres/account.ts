import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The account of the operating system that PostgreSQL runs as; empty when it is our own. */
export type Account = { readonly uid?: number; readonly gid?: number }

const NAME = 'postgres'

/** PostgreSQL refuses to run as root, so root lends it the account `postgres`, made when it is missing. */
export async function postgresAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  const known = await lookUp()
  if (known) return known
  await run('groupadd', ['--force', NAME])
  await run('useradd', ['--gid', NAME, '--no-create-home', '--shell', '/usr/sbin/nologin', NAME])
  const made = await lookUp()
  if (!made) throw new Error(`The account ${NAME} could not be made. Run as another user than root.`)
  return made
}

async function lookUp(): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])])
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) }
  } catch {
    return null
  }
}

/** Says in words what PostgreSQL would say as "could not access directory": a parent folder that its account can't enter. */
export async function ensureReachable(path: string, account: Account): Promise<void> {
  if (account.uid === undefined) return
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0)
      throw new Error(
        `PostgreSQL runs as the account ${NAME}, which can't enter ${folder}. Choose a data folder outside it, or chmod o+x it.`,
      )
    if (folder === dirname(folder)) return
  }
}
