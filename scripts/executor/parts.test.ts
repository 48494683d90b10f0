import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { exactAction } from '../../lib/connect/postgres/postgres.test-support'
import { breaker } from './breaker'
import { openJournal } from './journal'
import { events } from './stream'
import { GATHER_MS, waiting } from './waiting'

describe('C63: the circuit breaker', () => {
  it('opens after three failures in a row, rests a minute, and closes at the first success', () => {
    let now = 0
    const fuse = breaker(() => now)
    expect([fuse.tell('a', false), fuse.tell('a', false), fuse.isOpen('a')]).toEqual([false, false, false])
    expect(fuse.tell('a', false)).toBe(true)
    expect([fuse.isOpen('a'), fuse.isOpen('b')]).toEqual([true, false])
    now = 60_000
    expect(fuse.isOpen('a')).toBe(false)
    fuse.tell('a', false)
    expect(fuse.isOpen('a')).toBe(true)
    fuse.tell('a', true)
    expect(fuse.isOpen('a')).toBe(false)
  })
})

describe('waiting', () => {
  it('tries later and later, and what waits for the log at once when that has got so far', () => {
    let now = 0
    const queue = waiting(() => now)
    queue.put('a', 'later')
    queue.put('b', 'unsealed')
    queue.put('c', 'unwitnessed')
    const due = () => ['a', 'b', 'c'].filter(queue.isDue)
    expect(due()).toEqual([])
    queue.heard('sealed')
    expect(due()).toEqual(['b'])
    queue.heard('witnessed')
    expect(due()).toEqual(['b', 'c'])
    now = 1_000
    expect(queue.isDue('a')).toBe(true)
    queue.put('a', 'later')
    now = 2_500
    expect(queue.isDue('a')).toBe(false)
    queue.put('a', 'done')
    expect(queue.isDue('a')).toBe(true)
    for (let tries = 0; tries < 12; tries++) queue.put('c', 'unwitnessed')
    now += 10_000
    expect(queue.isDue('c'), 'a witness that was away is looked for every ten seconds').toBe(true)
  })

  it('ends at the next event, or at once when one came while we were busy', async () => {
    const queue = waiting(Date.now)
    const signal = new AbortController().signal
    setTimeout(() => queue.heard('action'), 20)
    await queue.next(60_000, signal)
    queue.wake()
    await queue.next(60_000, signal)
  })

  it('is woken by what may be work, and by nothing else that happens', async () => {
    vi.useFakeTimers()
    const queue = waiting(Date.now)
    let isWoken = false
    void queue.next(60_000, new AbortController().signal).then(() => {
      isWoken = true
    })
    for (const event of ['change', 'sealed', 'witnessed']) queue.heard(event)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(isWoken).toBe(false)
    queue.put('a', 'unsealed')
    queue.heard('sealed')
    await vi.advanceTimersByTimeAsync(1_000)
    expect([isWoken, queue.isDue('a')]).toEqual([true, true])
    vi.useRealTimers()
  })

  it('hears what comes all the time together, a few times a second', async () => {
    const queue = waiting(Date.now)
    const signal = new AbortController().signal
    const talking = setInterval(() => queue.heard('action'), 1)
    const begun = Date.now()
    for (let round = 0; round < 4; round++) await queue.next(60_000, signal)
    clearInterval(talking)
    // The first at once, three others a pause after the one before: with a timer's inaccuracy.
    expect(Date.now() - begun).toBeGreaterThan(2 * GATHER_MS)
  })
})

describe('the stream of events', () => {
  it('is read across the borders of its pieces', async () => {
    const pieces = [
      ': hello\n\nevent: cha',
      'nge\ndata: {"stream":"x"}\n',
      '\nevent:sealed\r\ndata: {}\r\n\r\ndata: {}\n\n',
    ]
    const body = new Blob(pieces).stream()
    const heard: string[] = []
    for await (const event of events(body, new AbortController().signal)) heard.push(event)
    expect(heard).toEqual(['change', 'sealed'])
  })

  it('ends when it is told to, by itself: fetch may have forgotten its signal by then', async () => {
    let cancelled = false
    const silent = new ReadableStream<Uint8Array>({
      cancel() {
        cancelled = true
      },
    })
    const stopping = new AbortController()
    const end = events(silent, stopping.signal).next()
    stopping.abort()
    expect(await end).toEqual({ done: true, value: undefined })
    expect(cancelled).toBe(true)
  })
})

describe('the journal', () => {
  const taken = (jti: string) => ({
    jti,
    case: 'case_1',
    request: 'req_1',
    action: exactAction('postgres.enable-login', {}),
    at: '2026-03-02T08:00:00.000Z',
  })
  const receipt = (jti: string) => ({
    case: 'case_1',
    request: 'req_1',
    jti,
    outcome: 'unknown' as const,
    summary: 'x',
    started_at: '',
    finished_at: '',
    result: {},
  })

  it('remembers what is owed across a restart, forgets what is closed, and passes over a line that was cut short', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'on-record-journal-'))
    const path = join(folder, 'journal.ndjson')
    const first = await openJournal(path)
    await Promise.all([first.took(taken('a')), first.took(taken('b')), first.took(taken('c'))])
    await first.finished(receipt('b'))
    await first.reported('b', 'unknown')
    await first.closed('c')
    await writeFile(path, `${await readFile(path, 'utf8')}{"did":"took","taken":{"jti":"d"`)
    const second = await openJournal(path)
    expect(second.open()).toEqual([
      { taken: taken('a'), receipt: null, reported: null },
      { taken: taken('b'), receipt: receipt('b'), reported: 'unknown' },
    ])
    await second.closed('a')
    await second.closed('b')
    expect((await openJournal(path)).open()).toEqual([])
    expect(await readFile(path, 'utf8')).toBe('')
    await rm(folder, { recursive: true })
  })
})
