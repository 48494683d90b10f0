import { spawn } from 'node:child_process'

const PATIENCE_MS = 600_000

/**
 * `npm start`, until it prints its one line.
 * @param {string} clone
 * @param {Record<string, string | undefined>} env
 */
export async function launch(clone, env) {
  const started = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  let complained = ''
  child.stdout.on('data', (part) => {
    said += part
  })
  child.stderr.on('data', (part) => {
    complained = (complained + part).slice(-4_000)
  })
  const ended = new Promise((done) => child.once('exit', done))
  const timer = AbortSignal.timeout(PATIENCE_MS)
  while (!/^On Record is at http\S+$/m.test(said)) {
    const over = await Promise.race([
      ended.then(() => true),
      new Promise((done) => setTimeout(() => done(false), 20)),
    ])
    if (over || timer.aborted) throw new Error(`npm start ${over ? 'ended' : 'said nothing'}: ${complained}`)
  }
  return {
    seconds: (performance.now() - started) / 1000,
    /** As Ctrl-C does: the signal goes to npm and to what it runs. */
    async stop() {
      if (child.exitCode === null && child.signalCode === null && child.pid)
        process.kill(-child.pid, 'SIGINT')
      await ended
    },
  }
}

/**
 * A program whose output nobody needs unless it fails.
 * @param {string} program @param {readonly string[]} args @param {string} cwd
 * @param {Record<string, string | undefined>} env
 * @param {string} [input]
 * @returns {Promise<string>} what it said
 */
export function quiet(program, args, cwd, env, input) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (part) => {
      said += part
    })
    child.stderr.on('data', (part) => {
      said += part
    })
    child.once('error', fail)
    child.once('close', (code) =>
      code === 0
        ? done(said.trim())
        : fail(new Error(`${program} ended with ${code}: ${said.slice(-2_000)}`)),
    )
    child.stdin.end(input)
  })
}
