/** A name by id; an unknown id names itself. */
export type NameOf = (id: string | null | undefined) => string

/** `no-action-needed` -> `no action needed`. */
export function words(name: string): string {
  return name.replaceAll('-', ' ').replaceAll('_', ' ')
}
