import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ChatPerson } from '@/lib/chat/adapter'
import type { Doors } from './deps'

const MINUTES = 10
const shape = z.strictObject({
  team: z.string(),
  user: z.string(),
  name: z.string(),
  exp: z.number(),
  nonce: z.string(),
})
export type LinkToken = z.output<typeof shape>

/** Where this one chat user links their account, once, within ten minutes. */
export function linkAddress(
  { origin, settings }: Pick<Doors, 'origin' | 'settings'>,
  { team, user, name }: Pick<ChatPerson, 'team' | 'user' | 'name'>,
): string {
  const token: LinkToken = {
    team,
    user,
    name: name.slice(0, 80),
    exp: Date.now() + MINUTES * 60_000,
    nonce: randomBytes(16).toString('base64url'),
  }
  const said = Buffer.from(JSON.stringify(token)).toString('base64url')
  return `${origin}/api/slack/link?token=${said}.${mac(settings.keys.mac, said)}`
}

/** Null when it isn't ours or has expired. */
export function readLinkToken({ settings }: Pick<Doors, 'settings'>, text: string): LinkToken | null {
  const [said = '', given = ''] = text.split('.')
  const [expected, actual] = [Buffer.from(mac(settings.keys.mac, said)), Buffer.from(given)]
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return null
  const token = shape.safeParse(JSON.parse(Buffer.from(said, 'base64url').toString('utf8')))
  return token.success && token.data.exp > Date.now() ? token.data : null
}

/** HMAC-SHA256(key, "onrecord-slack-link-v1" NUL said), base64url. */
function mac(key: string, said: string): string {
  return createHmac('sha256', key).update(`onrecord-slack-link-v1\0${said}`).digest('base64url')
}
