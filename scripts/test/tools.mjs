import { spawnSync } from 'node:child_process'

/** Third-party programs that the tests check our exports with, and the package of Debian that has each. */
const TOOLS = {
  openssl: { args: ['version'], package: 'openssl' },
  'ssh-keygen': { args: ['-?'], package: 'openssh-client' },
  pdftotext: { args: ['-v'], package: 'poppler-utils' },
  sha256sum: { args: ['--version'], package: 'coreutils' },
}

/** Installs the missing ones where we may; says which to install where we may not. */
export async function ensureTools() {
  const missing = Object.entries(TOOLS).filter(([name, { args }]) => !runs(name, args))
  if (!missing.length) return
  const packages = missing.map(([, tool]) => tool.package)
  if (!installDebian(packages))
    throw new Error(
      `The tests need ${missing.map(([name]) => name).join(', ')}. Install: ${packages.join(' ')}.`,
    )
}

/** @param {string} program @param {readonly string[]} args */
function runs(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).error === undefined
}

/**
 * Whether these packages of Debian could be installed.
 * @param {readonly string[]} packages
 */
export function installDebian(packages) {
  if (process.getuid?.() !== 0 || !runs('apt-get', ['--version'])) return false
  process.stderr.write(`Installing ${packages.join(', ')} …\n`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (/** @type {readonly string[]} */ args) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env }).status === 0
  const install = ['install', '--yes', '--no-install-recommends', ...packages]
  return apt(install) || (apt(['update']) && apt(install))
}
