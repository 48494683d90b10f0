import { NOTHING_WANTED, type Wanted } from '../act/facts'
import type { NhiCommand } from './command'

/** Which facts of other streams a command needs; the present owners' come by themselves. */
export function wanted(command: NhiCommand): Wanted {
  switch (command.command) {
    case 'registerNhi':
    case 'changeOwner': {
      const { owner, backup_owner } = command.input
      return { ...NOTHING_WANTED, members: [owner, backup_owner].filter((id) => id !== null) }
    }
    case 'registerCredential':
      return { ...NOTHING_WANTED, fingerprints: [command.input.fingerprint] }
    case 'describeNhi':
    case 'retireCredential':
    case 'enrollKey':
    case 'revokeKey':
    case 'recordUse':
    case 'recordRotation':
    case 'reviewNhi':
    case 'disableNhi':
    case 'enableNhi':
      return NOTHING_WANTED
  }
}
