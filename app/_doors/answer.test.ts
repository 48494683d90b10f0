import { afterEach, describe, expect, it, vi } from 'vitest'
import { type RefusalCode, refuse } from '@/lib/act/refusal'
import { answer, answerThrown } from './answer'
import { numbered } from './door'
import { limiter } from './limit'
import { log } from './log'

afterEach(() => vi.restoreAllMocks())

describe('an answer', () => {
  it.each<[RefusalCode, number]>([
    ['invalid', 400],
    ['assurance_required', 401],
    ['forbidden', 403],
    ['separation_of_duties', 403],
    ['not_found', 404],
    ['wrong_stage', 409],
    ['gate', 409],
    ['conflict', 409],
    ['stale', 409],
    ['duplicate', 409],
    ['not_sealed', 409],
    ['not_witnessed', 409],
    ['too_large', 413],
    ['unsupported', 415],
    ['rate_limited', 429],
    ['unavailable', 503],
  ])('to "%s" has the status %i', async (code, status) => {
    const response = answer(refuse(code, 'No.', 'Otherwise.'))
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({
      refused: true,
      code,
      sentence: 'No.',
      remedy: 'Otherwise.',
    })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('C08 that asks for a fresh sign-in says so in the words of RFC 9470', () => {
    const { headers } = answer(refuse('assurance_required', 'Sign in again.', ''))
    expect(headers.get('www-authenticate')).toContain('insufficient_user_authentication')
    expect(headers.get('www-authenticate')).toContain('max_age')
  })

  it('when the database is away asks to try again, and nothing was done', async () => {
    for (const code of ['ECONNREFUSED', 'CONNECT_TIMEOUT', '57P03', '53300', '08006']) {
      const response = answerThrown(Object.assign(new Error('secret details'), { code }), 'rq_1')
      expect(response.status, code).toBe(503)
      expect(response.headers.get('retry-after')).toBeTruthy()
    }
  })

  it('C58 to anything else that was thrown tells neither the sender nor the log what it said', async () => {
    const said: unknown[] = []
    vi.spyOn(log, 'error').mockImplementation(((...parts: unknown[]) => said.push(parts)) as never)
    const response = answerThrown(
      Object.assign(new Error('password=hunter2'), { parameters: ['hunter2'], query: 'hunter2' }),
      'rq_1',
    )
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('hunter2')
    expect(JSON.stringify(said)).not.toContain('hunter2')
    expect(JSON.stringify(said)).toContain('rq_1')
  })

  it('of somebody who left in the middle of what they sent is no fault of ours; what fails by itself is', async () => {
    const blamed = vi.spyOn(log, 'error').mockImplementation(() => undefined)
    const leaving = new AbortController()
    const request = new Request('http://localhost/api/x', { signal: leaving.signal })
    const ours = await numbered(request, () => Promise.reject(new DOMException('Aborted', 'AbortError')))
    expect([ours.status, blamed.mock.calls.length]).toEqual([500, 1])
    const theirs = await numbered(request, async () => {
      leaving.abort()
      request.signal.throwIfAborted()
      return new Response()
    })
    expect([theirs.status, blamed.mock.calls.length]).toEqual([400, 1])
    const both = await numbered(request, () => Promise.reject(new Error('ours all the same')))
    expect([both.status, blamed.mock.calls.length]).toEqual([500, 2])
  })
})

describe('a limit', () => {
  it('lets a burst through, refuses the rest, and fills up again', () => {
    let now = 0
    const check = limiter({ burst: 3, perSecond: 2 }, () => now)
    expect([1, 2, 3, 4].map(() => check('a')?.code ?? 'ok')).toEqual(['ok', 'ok', 'ok', 'rate_limited'])
    expect(check('b')).toBeNull()
    now = 500
    expect([check('a')?.code ?? 'ok', check('a')?.code ?? 'ok']).toEqual(['ok', 'rate_limited'])
  })
})
