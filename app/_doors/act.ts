import { randomUUID } from 'node:crypto'
import { KINDS } from '@/lib/act/kinds'
import type { Receipt } from '@/lib/act/ledger'
import { type Order, perform } from '@/lib/act/perform'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import type { StreamKind } from '@/lib/act/spec'
import { readJson } from './body'
import type { Asked } from './door'
import { withoutSecrets } from './masked'
import { signedParts } from './signed-parts'

/** A command from outside: `slug` names it, the body is its input. Commands that are the doors' own have no such address. */
export async function act(
  { request, actor, doors }: Asked,
  kind: StreamKind,
  stream: string,
  slug: string,
): Promise<Receipt | Refusal> {
  const command = commandOf(slug)
  const spec = KINDS[kind].commands[command]
  if (spec?.doors !== 'desk' || spec.creates) {
    return refuse(
      'not_found',
      `There is no command "${slug.slice(0, 60)}" here.`,
      'See /api/v1/openapi.json.',
    )
  }
  const key = keyOf(request)
  const version = versionOf(request)
  if (isRefusal(key)) return key
  if (isRefusal(version)) return version
  const input = await readJson(request)
  if (isRefusal(input)) return input
  const order: Order = {
    kind,
    stream,
    command,
    input: await withoutSecrets(doors, input),
    key,
    ...(version === null ? {} : { expectedVersion: version }),
  }
  return perform(doors, actor, order, signedParts(input))
}

/** confirm-case -> confirmCase */
function commandOf(slug: string): string {
  return slug.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** confirmCase -> confirm-case */
export function slugOf(command: string): string {
  return command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** The sender's key, so that a repeated request is answered and not repeated; a fresh one for who sends none. */
export function keyOf(request: Request): string | Refusal {
  const key = request.headers.get('idempotency-key')
  if (key === null) return randomUUID()
  if (/^[A-Za-z0-9_-]{8,100}$/.test(key)) return key
  return refuse(
    'invalid',
    'The Idempotency-Key must be 8 to 100 letters, digits, - or _, e.g. a UUID.',
    'Send another key.',
    { field: 'Idempotency-Key' },
  )
}

function versionOf(request: Request): number | null | Refusal {
  const match = request.headers.get('if-match')
  if (match === null) return null
  const version = /^"(\d{1,9})"$/.exec(match)?.[1]
  return version
    ? Number(version)
    : refuse(
        'invalid',
        'If-Match must be the version in quotes, e.g. "12".',
        'Send the version that you saw.',
        { field: 'If-Match' },
      )
}
