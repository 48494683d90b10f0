import { createHmac, timingSafeEqual } from 'node:crypto'
import type { CardAction } from '../adapter'

/** What a card's button says. `seen` is what the card showed (`seenOn`): when the case shows something else by now, "look again first". */
export type CardValue = { action: CardAction; case: string; seen: string }

/**
 * `v1.<action>.<case>.<seen>.<mac>`, mac = base64url(first 16 bytes of HMAC-SHA256(key,
 * "onrecord-card-v1" NUL team NUL channel NUL action NUL case NUL seen)). Slack signs who pressed and where; this says
 * that the button is ours, of this case, in this channel. It gives no right: the person's own rights decide.
 */
export function sealCardValue(
  key: string | Uint8Array,
  team: string,
  channel: string,
  value: CardValue,
): string {
  return `v1.${value.action}.${value.case}.${value.seen}.${mac(key, team, channel, value).toString('base64url')}`
}

/** Null when it is not ours, of another case, or was carried to another channel. */
export function openCardValue(
  key: string | Uint8Array,
  team: string,
  channel: string,
  sealed: string,
): CardValue | null {
  const match =
    /^v1\.(confirm|assign_me|comment)\.([0-9A-Za-z_-]{1,80})\.([0-9A-Za-z_-]{16})\.([0-9A-Za-z_-]{22})$/.exec(
      sealed,
    )
  if (!match) return null
  const value: CardValue = { action: match[1] as CardAction, case: match[2] ?? '', seen: match[3] ?? '' }
  const given = Buffer.from(match[4] ?? '', 'base64url')
  const expected = mac(key, team, channel, value)
  return given.length === expected.length && timingSafeEqual(given, expected) ? value : null
}

function mac(key: string | Uint8Array, team: string, channel: string, value: CardValue): Buffer {
  if (key.length < 16) throw new Error('the card key must have at least 16 bytes')
  const said = ['onrecord-card-v1', team, channel, value.action, value.case, value.seen].join('\0')
  return createHmac('sha256', key).update(said).digest().subarray(0, 16)
}
