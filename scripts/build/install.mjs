import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Whether node_modules holds what package-lock.json asks for. npm notes at the end of an installation what it has installed,
 * so neither a changed lock nor an installation that was cut short is missed.
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'))
  const present = packagesIn(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !present) return false
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === '' || link || (optional && !present[path]) || present[path]?.version === version,
  )
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }> | null}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/** @param {string} root */
export async function install(root) {
  process.stderr.write('Installing the packages of package-lock.json …\n')
  await run(root, 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'])
}

/**
 * Runs a program to its end, its output on our stderr.
 * @param {string} root
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<void>}
 */
export function run(root, program, args, env = process.env) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd: root,
      env,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    })
    child.once('error', fail)
    child.once('exit', (code, signal) => {
      if (code === 0) done()
      else
        fail(new Error(`"${program} ${args.join(' ')}" ended with ${signal ?? `code ${code}`}; see above.`))
    })
  })
}
