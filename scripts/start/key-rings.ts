import { fillApplicationRing, fillLogRing } from '../../db/keys/adopt'
import { type KeyRing, keyRing } from '../../db/keys/ring'
import {
  folderKey,
  type KeyWrapper,
  keyBytes,
  WRAPPER_NAMES,
  type WrapperNames,
  wrapperOf,
} from '../../db/keys/wrapper'
import type { Folders } from './folders'
import { kept, secret } from './secret-file'
import type { Environment } from './settings'

type Owner = 'application' | 'sequencer'

/** The private keys of an installation, for the launcher and the console: each other process opens its own folder's alone. */
export type Rings = {
  readonly application: KeyRing
  readonly sequencer: KeyRing
  /** What a process has to be told to open its folder's keys. */
  readonly told: Readonly<Record<Owner, Readonly<Record<string, string>>>>
}

/**
 * Opens them with what the environment names. Where it names nothing the key lies beside the folders, in a file of mode 0600: that protects a
 * copied keys folder, and nothing from whoever can read the whole data folder. A server has to be told (scripts/start/settings.ts).
 * @throws Error with a sentence
 */
export async function openRings(folders: Folders, environment: Environment): Promise<Rings> {
  const told = await tellings(folders, environment, WRAPPER_NAMES)
  const { application, sequencer } = wrappersFor(told, WRAPPER_NAMES)
  return {
    told,
    application: keyRing(folders.keys, application),
    sequencer: keyRing(folders.sequencer, sequencer),
  }
}

/** What encrypts the private keys of each folder, as variables of these names say. @throws Error with a sentence */
export async function wrappers(
  folders: Folders,
  environment: Environment,
  names = WRAPPER_NAMES,
): Promise<Readonly<Record<Owner, KeyWrapper>>> {
  return wrappersFor(await tellings(folders, environment, names), names)
}

function wrappersFor(
  { application, sequencer }: Rings['told'],
  names: WrapperNames,
): Readonly<Record<Owner, KeyWrapper>> {
  return { application: wrapperFor(application, names), sequencer: wrapperFor(sequencer, names) }
}

/** As `openRings`; encrypts what an earlier version left plain, and makes what is missing. `origin`: the log's name, should its key be made. */
export async function fillRings(folders: Folders, environment: Environment, origin: string): Promise<Rings> {
  const rings = await openRings(folders, environment)
  fillApplicationRing(rings.application, folders.keys)
  fillLogRing(rings.sequencer, folders.sequencer, origin)
  return rings
}

async function tellings(
  folders: Folders,
  environment: Environment,
  names: WrapperNames,
): Promise<Rings['told']> {
  const command = environment[names.command]
  const given = environment[names.key]
  if (command) {
    const both = { [names.command]: command, ...(given ? { [names.key]: given } : {}) }
    return { application: both, sequencer: both }
  }
  const master = keyBytes(given || (await kept(folders.keyEncryption, secret)), names.key)
  const telling = (owner: Owner) => ({ [names.key]: folderKey(master, owner) })
  return { application: telling('application'), sequencer: telling('sequencer') }
}

function wrapperFor(told: Readonly<Record<string, string>>, names: WrapperNames): KeyWrapper {
  const wrapper = wrapperOf(told, names)
  if (!wrapper) throw new Error('Nothing says how private keys are encrypted.')
  return wrapper
}
