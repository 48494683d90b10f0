import { NOTHING_WANTED, type Wanted } from '../act/facts'
import type { NhiCommand } from './command'

/** Which facts of other streams a command needs; the present owners' come by themselves. */
export function wanted(command: NhiCommand): Wanted {
  switch (command.command) {
    case 'registerNhi':
      return { ...people(command.input), place: placeOf(command.input) }
    case 'changeOwner':
      return people(command.input)
    case 'describeNhi':
      return { ...NOTHING_WANTED, place: placeOf(command.input) }
    case 'registerCredential':
      return { ...NOTHING_WANTED, fingerprints: [command.input.fingerprint] }
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

type Owners = { readonly owner: string | null; readonly backup_owner: string | null }

function people({ owner, backup_owner }: Owners): Wanted {
  return { ...NOTHING_WANTED, members: [owner, backup_owner].filter((id) => id !== null) }
}

type Place = NonNullable<Wanted['place']>

function placeOf({
  system,
  environment,
  account,
}: { [Part in keyof Place]?: Place[Part] | undefined }): Place {
  return {
    ...(system === undefined ? {} : { system }),
    ...(environment === undefined ? {} : { environment }),
    ...(account === undefined ? {} : { account }),
  }
}
