import { logHealth, witnessHealth } from '@/db/log/health'
import { logAlerts } from '@/lib/registry/log-alerts'
import type { Registry } from '@/lib/registry/registry'
import type { Asked } from './door'

/** The log's witnesses, how it stands with each, and what somebody should look at. */
export async function witnessesView({ doors, actor }: Asked, registry: Registry | undefined) {
  const [health, states] = await Promise.all([
    logHealth(doors.sql, actor.org),
    witnessHealth(doors.sql, actor.org),
  ])
  return {
    quorum: registry?.witness_quorum ?? 0,
    list: (registry?.witnesses ?? []).map((witness) => {
      const state = states.find((each) => each.witness === witness.vkey)
      return {
        ...witness,
        size: state?.size ?? 0,
        asked_at: state?.asked_at ?? null,
        seen_at: state?.seen_at ?? null,
        error: state?.error ?? null,
      }
    }),
    log: {
      address: `${doors.settings.origin}/api/log/${actor.org}`,
      vkeys: registry?.log_keys ?? [],
    },
    health,
    alerts: logAlerts(health, doors.settings.witnessSeconds),
  }
}
