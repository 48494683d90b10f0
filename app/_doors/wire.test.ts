import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { bodyOf, json, leaving, over, textOf } from './wire'

/** What a request holds only where Next or a test has made it. */
const BESIDE_THE_WIRE = /\brequest\.(?:body|bytes|json|text|formData|arrayBuffer|blob|clone|signal)\b/

it('no door asks a request for what our own server keeps beside it', () => {
  const doors = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test(?:-support)?\.ts$/.test(file) && file !== '_doors/wire.ts',
  )
  expect(doors.length).toBeGreaterThan(100)
  expect(doors.filter((file) => BESIDE_THE_WIRE.test(readFileSync(`app/${file}`, 'utf8')))).toEqual([])
})

it('what came over the wire is read from there, and from the request itself where Next has made it', async () => {
  const read = async (request: Request) => {
    const parts: Uint8Array[] = []
    for await (const part of bodyOf(request) ?? []) parts.push(part)
    return Buffer.concat(parts).toString()
  }
  const made = () => new Request('http://localhost/', { method: 'POST', body: 'by Next' })
  async function* sent() {
    yield Buffer.from('over ')
    yield Buffer.from('the wire')
  }
  const left = AbortSignal.abort()
  expect(await read(made())).toBe('by Next')
  const came = over({ body: sent(), left: () => left }, made())
  expect(await read(came)).toBe('over the wire')
  expect([leaving(made()).aborted, leaving(came).aborted]).toEqual([false, true])
  expect(bodyOf(over({ body: null, left: () => left }, made()))).toBeNull()
})

it('an answer in JSON is what it would be without us, and its text is known', async () => {
  const [ours, theirs] = [json, Response.json].map((make) =>
    make({ stage: 'act' }, { status: 201, headers: { 'cache-control': 'no-store' } }),
  )
  expect([ours?.status, Object.fromEntries(ours?.headers ?? [])]).toEqual([
    theirs?.status,
    Object.fromEntries(theirs?.headers ?? []),
  ])
  expect(ours && textOf(ours)).toBe('{"stage":"act"}')
  expect(await ours?.json()).toEqual(await theirs?.json())
  expect(textOf(new Response('read me'))).toBeNull()
})
