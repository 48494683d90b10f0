// The witness as one file: `node witness.mjs`. It keeps files or a table, speaks HTTP, and knows nothing of On Record but lib/record.
import { mkdir } from 'node:fs/promises'
import type { Server } from 'node:http'
import { join, resolve } from 'node:path'
import { formatVkey } from '../../lib/record/note'
import { claim } from '../start/lock'
import type { Witnessing } from './answer'
import { witnessKey } from './key'
import { followedLogs } from './logs'
import { type Given, parseArguments, USAGE } from './options'
import { type Report, witnessServer } from './server'
import { memoryFor } from './state'

const [STOPPED, FAILED, WRONG_USAGE] = [0, 1, 2]

async function main(words: readonly string[]): Promise<number> {
  const given = parseArguments(words[0] === 'witness' ? words.slice(1) : words, process.env)
  if ('help' in given) return say(USAGE, STOPPED)
  if ('mistake' in given) return complain(`${given.mistake}\n\n${USAGE}`, WRONG_USAGE)
  try {
    return await run(given)
  } catch (error) {
    return complain(`${error instanceof Error ? error.message : error}\n`, FAILED)
  }
}

async function run(given: Given): Promise<number> {
  const folder = resolve(given.folder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // Two witnesses with one memory could each sign one side of a fork.
  const lock = await claim(
    join(folder, 'running.json'),
    folder,
    ({ pid }) => `A witness runs on ${folder} already (process ${pid}).`,
  )
  let release: () => Promise<void> = lock.release
  try {
    const own = await witnessKey(folder, given.name)
    const logs = await followedLogs(folder, given.logs)
    const memory = await memoryFor(folder, given.database, formatVkey(own))
    // From here on a database keeps several of them apart.
    if (given.database !== null) {
      await lock.release()
      release = async () => undefined
    }
    try {
      await serve(given, { own, logs, memory, now: () => Math.floor(Date.now() / 1000) })
    } finally {
      await memory.close()
    }
    return STOPPED
  } finally {
    await release()
  }
}

/** Until it is asked to stop. */
async function serve(given: Given, witnessing: Witnessing): Promise<void> {
  const server = witnessServer(witnessing, report)
  const port = await listening(server, given)
  const url = `http://${given.host.includes(':') ? `[${given.host}]` : given.host}:${port}`
  const vkey = formatVkey(witnessing.own)
  const stop = stopped() // whoever reads that it runs may stop it
  const follows = (await witnessing.logs.all()).map(({ name }) => name)
  process.stdout.write(
    given.json ? `${JSON.stringify({ vkey, url, logs: follows })}\n` : introduction(vkey, url, follows),
  )
  await stop
  await closed(server)
}

function introduction(vkey: string, url: string, follows: readonly string[]): string {
  const what = follows.length
    ? `It follows ${follows.join(', ')}.`
    : 'It follows no log yet: start it with --log, or edit its file "logs".'
  return `The witness listens at ${url}\nIts verifier key, for the log's operator and for auditors:\n\n  ${vkey}\n\n${what}\n`
}

function listening(server: Server, { host, port }: Given): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (error) =>
      fail(new Error(`The witness can't listen on ${host}:${port}: ${error.message}.`)),
    )
    server.listen(port, host, () => {
      const address = server.address()
      done(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function stopped(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done())
  })
}

/** What was begun is answered. */
function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeIdleConnections()
  })
}

/** One JSON object a line. */
const report: Report = ({ status, sentence, ms }) => {
  const level = status >= 500 ? 'error' : status === 200 ? 'info' : 'warn'
  const line = { time: new Date().toISOString(), level, name: 'witness', status, msg: sentence, ms }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

function say(text: string, code: number): number {
  process.stdout.write(text)
  return code
}

function complain(text: string, code: number): number {
  process.stderr.write(text)
  return code
}

process.exitCode = await main(process.argv.slice(2))
