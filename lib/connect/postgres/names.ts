import { z } from 'zod'

/** A role's name as it may occur in an action: plain lower case, so that no two spellings mean one role. */
export const roleName = z
  .string()
  .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be a role name of lower-case letters, digits and _')
  .refine(
    (name) => !name.startsWith('pg_') && !name.startsWith('onrecord_'),
    'must not be a role of PostgreSQL or of On Record',
  )

/** PostgreSQL, "Identifiers": a quoted identifier, with its quotes doubled. */
export function quoteName(name: string): string {
  if (name.includes('\0')) throw new TypeError('A name holds no NUL.')
  return `"${name.replaceAll('"', '""')}"`
}

/** A string literal. Backslashes mean themselves: standard_conforming_strings is on since 9.1, and the E prefix is not used. */
export function quoteText(text: string): string {
  if (text.includes('\0') || text.includes('\\'))
    throw new TypeError('A literal here holds no NUL and no backslash.')
  return `'${text.replaceAll("'", "''")}'`
}

/** The role that exists for one warrant alone. */
export function warrantRole(jti: string): string {
  if (!/^wrt_[0-9a-f]{32}$/.test(jti)) throw new TypeError('Not the id of a warrant.')
  return `onrecord_${jti}`
}

/** The role through which memberships in this group are granted, so that they can be revoked again. */
export function grantorRole(group: string): string {
  return `onrecord_grants_${group}`
}
