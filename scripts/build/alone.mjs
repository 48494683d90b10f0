import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * One installation or build at a time in a checkout: a second one waits, then finds everything done.
 * @param {string} folder
 * @param {() => Promise<void>} work
 */
export async function alone(folder, work) {
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'building')
  let told = false
  while (!(await claim(file))) {
    if (!told) process.stderr.write('Another process is building; waiting for it …\n')
    told = true
    await pause(500)
  }
  try {
    await work()
  } finally {
    await rm(file, { force: true })
  }
}

/** @param {string} file */
async function claim(file) {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const holder = Number(await readFile(file, 'utf8').catch(() => ''))
    if (holder && !isAlive(holder)) await rm(file, { force: true })
    return false
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
