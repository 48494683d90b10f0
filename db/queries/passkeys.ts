import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { envelopeIn } from '@/lib/act/refold'
import type { OwnPasskey, PasskeyNews, PasskeysView } from '@/lib/act/view/passkey'
import { type Actor, accountable } from '@/lib/identity/actor'
import { passkeysOf } from '@/lib/registry/passkeys'
import { memberOf, type Registry } from '@/lib/registry/registry'
import type { Reader, Reading } from '../reading'
import { event, stream } from '../schema'
import { namesFor } from './names'

/** A change of somebody's keys is news to them for this long. */
const NEWS_DAYS = 7

/** Somebody's passkeys, revoked ones last, and what happened to them lately; null when there is no such member. */
export function passkeysView(
  reader: Reader,
  viewer: Actor,
  user: string,
  origin: string,
): Promise<PasskeysView | null> {
  return reader.read(viewer, async (reading) => {
    const registry = await registryOf(reading, viewer.org)
    const holder = registry && memberOf(registry, user)
    if (!holder) return null
    const used = await lastUses(reading, viewer.org, user)
    const passkeys = registry.passkeys
      .filter((each) => each.user === user)
      .map(({ user: _holder, cose: _key, rp_id: _name, ...each }) => ({
        ...each,
        last_used_at: used.get(each.credential_id) ?? null,
      }))
      .sort((one, other) => Number(one.revoked_at !== null) - Number(other.revoked_at !== null))
    const news = await newsFor(reading, viewer.org, user)
    return { holder: { id: user, name: holder.name, kind: 'human' }, origin, passkeys, news }
  })
}

/** The passkeys with which the viewer can sign at this origin. */
export async function ownPasskeys(reading: Reading, viewer: Actor, origin: string): Promise<OwnPasskey[]> {
  const registry = await registryOf(reading, viewer.org)
  const own = registry ? passkeysOf(registry, accountable(viewer)) : []
  return own
    .filter((each) => each.origin === origin)
    .map(({ credential_id, name, transports }) => ({ credential_id, name, transports }))
}

async function registryOf(reading: Reading, org: string): Promise<Registry | null> {
  const [row] = await reading
    .select({ state: stream.state })
    .from(stream)
    .where(and(eq(stream.org, org), eq(stream.stream, 'registry')))
  return (row?.state as Registry | undefined) ?? null
}

/** When each passkey last signed, by its id: the record says so, nothing else counts uses. */
async function lastUses(reading: Reading, org: string, user: string): Promise<Map<string, string>> {
  const credential = sql<string>`convert_from(${event.body}, 'UTF8')::jsonb #>> '{data,credential_id}'`
  const rows = await reading
    .select({ credential, at: sql<string>`utc(max(${event.at}))` })
    .from(event)
    .where(and(eq(event.org, org), eq(event.actor, user), eq(event.type, 'approval.recorded')))
    .groupBy(credential)
  return new Map(rows.map((row) => [row.credential, row.at]))
}

async function newsFor(reading: Reading, org: string, user: string): Promise<PasskeyNews[]> {
  const rows = await reading
    .select({ body: event.body })
    .from(event)
    .where(
      and(
        eq(event.org, org),
        eq(event.stream, 'registry'),
        inArray(event.type, ['passkey.enrolled', 'passkey.revoked']),
        sql`${event.at} > now() - make_interval(days => ${NEWS_DAYS})`,
        sql`convert_from(${event.body}, 'UTF8')::jsonb #>> '{data,user}' = ${user}`,
      ),
    )
    .orderBy(desc(event.seq))
    .limit(20)
  const envelopes = rows.flatMap(({ body }) => (body ? [envelopeIn(body)] : []))
  const names = await namesFor(
    reading,
    envelopes.map(({ actor }) => actor.id),
  )
  return envelopes.map(({ type, data, at, actor }) => ({
    type: type as PasskeyNews['type'],
    name: String(data.name),
    at,
    by: names(actor.id),
    reason: typeof data.reason === 'string' ? data.reason : null,
  }))
}
