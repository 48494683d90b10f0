import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { spendAssertion } from '@/db/machines'
import type { Doors } from './deps'
import { readCookie } from './session-cookie'

/** Long enough to find one's authenticator. */
const MINUTES = 5
const [RANDOM, TIME, MAC] = [16, 6, 16]

/**
 * For a new passkey: 16 random bytes, when it ends (milliseconds, 48 bits), and a MAC over both and this session. It's of use
 * once, in this session, for five minutes, and nothing has to be remembered until then. base64url.
 */
export function newChallenge(request: Request, { settings }: Pick<Doors, 'settings'>): string {
  const ends = Buffer.alloc(TIME)
  ends.writeUIntBE(Date.now() + MINUTES * 60_000, 0, TIME)
  const said = Buffer.concat([randomBytes(RANDOM), ends])
  return Buffer.concat([said, mac(request, said, settings)]).toString('base64url')
}

/** True if this challenge was given to this session and is shown for the first time within its five minutes. */
export async function spendChallenge(
  challenge: string,
  request: Request,
  { sql, settings }: Pick<Doors, 'sql' | 'settings'>,
): Promise<boolean> {
  const bytes = Buffer.from(challenge, 'base64url')
  if (bytes.length !== RANDOM + TIME + MAC) return false
  const said = bytes.subarray(0, RANDOM + TIME)
  if (!timingSafeEqual(mac(request, said, settings), bytes.subarray(RANDOM + TIME))) return false
  const ends = said.readUIntBE(RANDOM, TIME)
  if (ends <= Date.now()) return false
  return spendAssertion(sql, settings.org, `passkey:${said.toString('base64url')}`, new Date(ends))
}

function mac(request: Request, said: Uint8Array, settings: Doors['settings']): Buffer {
  const session = readCookie(request.headers.get('cookie'), settings)?.digest ?? ''
  const hmac = createHmac('sha256', settings.keys.mac).update('onrecord.passkey-challenge/v1\n')
  return hmac.update(`${session}\n`).update(said).digest().subarray(0, MAC)
}
