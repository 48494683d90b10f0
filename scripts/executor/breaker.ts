/** Stops sending changes to a target that has failed several times in a row, until it has had time to recover or somebody has looked. */
export type Breaker = {
  readonly isOpen: (connector: string) => boolean
  /** True when this outcome opened it. */
  readonly tell: (connector: string, succeeded: boolean) => boolean
}

export function breaker(now: () => number, most = 3, restMs = 60_000): Breaker {
  const failures = new Map<string, { count: number; until: number }>()
  return {
    isOpen: (connector) => (failures.get(connector)?.until ?? 0) > now(),
    tell(connector, succeeded) {
      if (succeeded) {
        failures.delete(connector)
        return false
      }
      const count = (failures.get(connector)?.count ?? 0) + 1
      failures.set(connector, { count, until: count >= most ? now() + restMs : 0 })
      return count >= most
    },
  }
}
