import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

/** What the desk does, over the public API: sign in with one click, read, command. @param {string} url */
export function desk(url) {
  /** @type {Map<string, Promise<string>>} */
  const sessions = new Map()

  /** @param {string} person @returns {Promise<string>} the session's cookie */
  function signedIn(person) {
    const known = sessions.get(person) ?? signIn(person)
    sessions.set(person, known)
    return known
  }

  /** @param {string} person */
  async function signIn(person) {
    const answer = await fetch(`${url}/api/auth/local`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ person }),
    })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0]
    if (!answer.ok || !cookie)
      throw new Error(`${person} can't sign in: ${answer.status} ${await answer.text()}`)
    return cookie
  }

  /**
   * @param {string} person @param {string} path @param {unknown} [body] a command's input; without it, a read
   * @returns {Promise<Response>}
   */
  async function ask(person, path, body) {
    const answer = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        cookie: await signedIn(person),
        origin: url,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok)
      throw new Error(`${person}, ${path}: ${answer.status} ${(await answer.text()).slice(0, 1_000)}`)
    return answer
  }

  /** @param {string} person @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  const json = async (person, path, body) => (await ask(person, path, body)).json()

  /**
   * Reads until it is as wanted: what the executor does takes a moment.
   * @param {string} person @param {string} path @param {string} what @param {(value: any) => any} wanted
   */
  async function until(person, path, what, wanted) {
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(200)) {
      const found = wanted(await json(person, path))
      if (found) return found
    }
    throw new Error(`${what}: it did not happen within a minute`)
  }

  return { ask, json, until }
}
