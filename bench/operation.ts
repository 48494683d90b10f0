import { randomBytes, randomUUID } from 'node:crypto'
import { LINES, SUBJECTS } from './words'

/** What is measured: each is one request as the desk sends it. */
const OPERATIONS = [
  'health',
  'nowhere',
  'promote',
  'transition',
  'attach text',
  'attach file',
  'read',
  'list',
  'search for a name',
  'search for a word',
  'search for a common word',
] as const
export type Operation = (typeof OPERATIONS)[number]

export type Asking = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly type?: string
  readonly body?: Buffer | string
  /** The status of the answer, where it is none of success. */
  readonly refused?: number
}

/** Cases that a client has to itself, and how often it has asked. */
export type Turn = { readonly cases: readonly string[]; readonly count: number }

const TEN_KB = 10 * 1024
const TEXT = LINES.join('\n').repeat(40).slice(0, TEN_KB)
const PICTURE = Buffer.concat([Buffer.from('ffd8ffe000104a46494600', 'hex'), randomBytes(TEN_KB)])

export function asking(operation: Operation, { cases, count }: Turn): Asking {
  // Two commands on each case, then the next one.
  const id = cases[Math.floor(count / 2) % cases.length] ?? ''
  const subject = SUBJECTS[count % SUBJECTS.length] ?? ''
  switch (operation) {
    case 'health':
      return { method: 'GET', path: '/api/health' }
    case 'nowhere':
      return { method: 'GET', path: '/api/nowhere', refused: 404 }
    case 'promote':
      return json('/api/v1/promotions', finding(subject))
    case 'transition':
      return count % 2 === 0
        ? json(`/api/v1/cases/${id}/return-case`, {
            to: 'identify',
            reason: 'The owner has to be found first.',
          })
        : json(`/api/v1/cases/${id}/advance-case`, { to: 'confirm' })
    case 'attach text':
      return { ...attach(id), type: 'text/plain', body: `${randomUUID()}\n${TEXT}`.slice(0, TEN_KB) }
    case 'attach file':
      return {
        ...attach(id),
        type: 'image/jpeg',
        body: Buffer.concat([PICTURE.subarray(0, TEN_KB - 36), Buffer.from(randomUUID())]),
      }
    case 'read':
      return { method: 'GET', path: `/api/v1/cases/${id}` }
    case 'list':
      return { method: 'GET', path: '/api/v1/cases?view=open' }
    // One case has it.
    case 'search for a name':
      return { method: 'GET', path: `/api/v1/search?q=n${(count * 7919) % 1_000}x` }
    // One case of a hundred has it, however many there are.
    case 'search for a word':
      return { method: 'GET', path: `/api/v1/search?q=${encodeURIComponent(subject)}` }
    // One case of ten has it: among a thousand as well, more than are shown.
    case 'search for a common word':
      return { method: 'GET', path: `/api/v1/search?q=${subject.split('-')[1]}` }
  }
}

function attach(id: string): Pick<Asking, 'method' | 'path'> {
  return { method: 'POST', path: `/api/v1/cases/${id}/evidence?name=excerpt&source=bench` }
}

/** A message that nobody else promotes. */
function finding(subject: string) {
  return {
    ...{
      author: 'Hugo Brandt',
      title: `Unexpected ${subject} sign-in`,
      category: 'suspicious-access',
      severity: 'medium',
    },
    text: `Somebody signed in as ${subject} at night, from an address that we don't know (${randomUUID()}). ${LINES[0]}`,
  }
}

function json(path: string, body: object): Asking {
  return { method: 'POST', path, type: 'application/json', body: JSON.stringify(body) }
}
