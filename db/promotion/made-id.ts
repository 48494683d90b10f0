import { createHash } from 'node:crypto'
import type { Actor } from '@/lib/identity/actor'

/** An id that follows from who asked under which idempotency key: repeating the request makes the same thing, not another. */
export function madeId(prefix: string, actor: Pick<Actor, 'org' | 'id'>, key: string): string {
  return `${prefix}_${createHash('sha256')
    .update(JSON.stringify([actor.org, actor.id, key]))
    .digest('base64url')
    .slice(0, 22)}`
}
