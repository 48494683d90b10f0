import type { Change } from '../schemas'
import { grantorRole, quoteName, quoteText } from './names'

/** The one statement that makes the change. The verifier is for a new password, and only for that. */
export function statement(change: Change, role: string, verifier: string | null): string {
  const name = quoteName(role)
  switch (change.kind) {
    case 'postgres.rotate-password':
      if (verifier === null) throw new TypeError('A new password needs its verifier.')
      return `alter role ${name} password ${quoteText(verifier)}`
    case 'postgres.disable-login':
      return `alter role ${name} nologin`
    case 'postgres.enable-login':
      return `alter role ${name} login`
    case 'postgres.revoke-membership':
      return `revoke ${quoteName(change.params.group)} from ${name} granted by ${quoteName(grantorRole(change.params.group))}`
    case 'postgres.grant-membership':
      return `grant ${quoteName(change.params.group)} to ${name} with inherit true, set true granted by ${quoteName(grantorRole(change.params.group))}`
  }
}

/** The same in words, for the person who approves it. */
export function inWords(change: Change, role: string): string {
  switch (change.kind) {
    case 'postgres.rotate-password':
      return `The password of the role ${role} is replaced by a new random one, and the old one stops working for new connections.`
    case 'postgres.disable-login':
      return `The role ${role} can no longer log in (ALTER ROLE ... NOLOGIN).`
    case 'postgres.enable-login':
      return `The role ${role} can log in again (ALTER ROLE ... LOGIN).`
    case 'postgres.revoke-membership':
      return `The role ${role} is taken out of the group ${change.params.group} and loses the rights it has through it.`
    case 'postgres.grant-membership':
      return `The role ${role} is put into the group ${change.params.group} and gets its rights.`
  }
}

export function undoInWords(change: Change, role: string): string {
  switch (change.kind) {
    case 'postgres.rotate-password':
      return 'There is no way back to the old password, on purpose. A password that does not work out is rotated again.'
    case 'postgres.disable-login':
      return `Enable the login of ${role} again. Sessions that were ended have to be opened anew by the application.`
    case 'postgres.enable-login':
      return `Disable the login of ${role} again.`
    case 'postgres.revoke-membership':
      return `Put ${role} back into ${change.params.group}.`
    case 'postgres.grant-membership':
      return `Take ${role} out of ${change.params.group} again.`
  }
}

export function endsSessions(change: Change): boolean {
  return 'end_sessions' in change.params && change.params.end_sessions
}
