import { createHmac } from 'node:crypto'

/** The database roles of On Record's processes: none owns a table, each may do only its part. */
export const ROLES = ['on_record_app', 'on_record_sequencer', 'on_record_worker'] as const
/** Nobody signs in as this one: it owns the function that looks for words. */
export const SEARCH_ROLE = 'on_record_search'
/** Nor as this one: it owns the function that takes away what was erased. */
export const ERASER_ROLE = 'on_record_eraser'
export type Role = (typeof ROLES)[number]

/** A role's password follows from the installation's secret, so that no process has to hand it to another. */
export function passwordOf(role: Role, secret: string): string {
  return createHmac('sha256', secret).update(`on-record database role ${role}`).digest('base64url')
}

/** The administrator's address with the role's own name and password. */
export function urlAs(role: Role, databaseUrl: string, secret: string): string {
  const url = new URL(databaseUrl)
  url.username = role
  url.password = passwordOf(role, secret)
  return url.href
}
