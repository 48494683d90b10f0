import { HEALTH, type Health, type NhiRow } from '@/lib/act/view/nhi'

export type Filters = { q: string; health: string; kind: string; owner: string }

export function filtersOf(params: URLSearchParams): Filters {
  return {
    q: params.get('q') ?? '',
    health: params.get('health') ?? '',
    kind: params.get('kind') ?? '',
    owner: params.get('owner') ?? '',
  }
}

/** The rows that fit: every word somewhere, any of the chosen ailments, the kind, the owner (`me` resolved by the caller). */
export function fitting(
  rows: readonly NhiRow[],
  { q, health, kind, owner }: Filters,
  me: string | null,
): NhiRow[] {
  const wanted = q.toLowerCase().split(/\s+/).filter(Boolean)
  const ails = health.split(',').filter(Boolean)
  return rows.filter((row) => {
    const text = [row.name, row.system, row.account, row.environment, row.kind, row.owner?.name ?? 'nobody']
      .join(' ')
      .toLowerCase()
    return (
      wanted.every((word) => text.includes(word)) &&
      (!ails.length || ails.some((one) => row.health.some((has) => has === one))) &&
      (!kind || row.kind === kind) &&
      (!owner ||
        row.owner?.id === (owner === 'me' ? me : owner) ||
        row.backup_owner?.id === (owner === 'me' ? me : owner))
    )
  })
}

/** How many rows have each ailment. */
export function tally(rows: readonly NhiRow[]): Record<Health, number> {
  return Object.fromEntries(
    HEALTH.map((one) => [one, rows.filter((row) => row.health.includes(one)).length]),
  ) as Record<Health, number>
}
