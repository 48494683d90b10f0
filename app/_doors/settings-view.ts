import { machinesSeen } from '@/db/machines'
import { listNhis } from '@/db/queries/nhis'
import { registryOffers } from '@/db/queries/registry-offers'
import { type RegistryPage, readLogHead, readRegistry } from '@/db/settings'
import type { NhiRow } from '@/lib/act/view/nhi'
import { slackManifest } from '@/lib/chat/slack/manifest'
import type { Asked } from './door'
import { anchorsView, keysView } from './settings-keys'
import { witnessesView } from './witnesses-view'

/** What administrators and auditors see of the installation. Keys by name and fingerprint: never a private half. */
export async function settingsView(asked: Asked) {
  const { doors, actor } = asked
  const { reader, policies, origin } = doors
  const now = new Date().toISOString()
  const [page, log, nhis, seen, offers] = await Promise.all([
    readRegistry(doors.sql, actor.org),
    readLogHead(doors.sql, actor.org),
    listNhis(reader, actor, {}, now),
    machinesSeen(doors.sql, actor.org),
    registryOffers(reader, actor, { policies, origin }),
  ])
  const witnesses = await witnessesView(asked, page?.state)
  return {
    chat: page && chatOf(page),
    manifest: JSON.stringify(slackManifest(doors.origin), null, 2),
    connectors: page?.state.connectors.map((connector) => connectorView(connector, nhis, seen)) ?? [],
    keys: page ? keysView(page.state, doors.settings.keys.ring, now) : [],
    rotations: page?.state.rotations ?? [],
    anchors: page && anchorsView(page.state, now),
    policy: {
      bundle: policies.bundle,
      activated_at: page?.state.policies?.since ?? '',
      policies: policies.rules.map(({ id, sentence }) => ({ id, sentence })),
    },
    log: { ...log, witnessed_size: witnesses.health.witnessed_size },
    witnesses,
    offers,
  }
}

function chatOf({ state, at }: RegistryPage) {
  const chat = state.chats.at(-1)
  if (!chat) return null
  return {
    connected: true,
    team: chat.team,
    team_name: chat.team_name,
    bot_user: chat.bot_user,
    since: at[chat.team] ?? null,
  }
}

function connectorView(
  { connector, kind, system, environment, executor, definition }: RegistryPage['state']['connectors'][number],
  nhis: NhiRow[],
  seen: Readonly<Record<string, string>>,
) {
  const found = nhis.find((nhi) => nhi.id === executor)
  const who = { id: executor, name: found?.name ?? executor, kind: 'nhi' as const }
  return {
    connector,
    kind,
    system,
    environment,
    definition,
    executor: who,
    executor_owner: found?.owner ?? null,
    last_seen_at: seen[executor] ?? null,
  }
}
