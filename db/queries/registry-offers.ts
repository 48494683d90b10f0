import { offer } from '@/lib/act/offer'
import type { Offer } from '@/lib/act/view/who'
import type { Actor } from '@/lib/identity/actor'
import { formatVkey, NOTE_COSIGNATURE, noteKey } from '@/lib/record/note'
import type { RegistryCommand } from '@/lib/registry/command'
import { SIGNING, type Signing } from '@/lib/registry/key-event'
import type { Registry } from '@/lib/registry/registry'
import type { Reader } from '../reading'
import { momentOf, type Rules } from './moment'

/** What this viewer may do about the organisation as a whole; about one of its parts the form's own answer says more. */
export function registryOffers(reader: Reader, viewer: Actor, rules: Rules): Promise<Offer[]> {
  return reader.read(viewer, async (reading) => {
    const moment = await momentOf(reading, viewer, 'registry', rules)
    if (!moment) return []
    return samples(moment.state as Registry).map((sample) => offer('registry', moment, sample))
  })
}

/** One that no new key is under way for, if there is one. */
function freePurpose({ rotations = [] }: Registry): Signing {
  return SIGNING.find((purpose) => !rotations.some((order) => order.purpose === purpose)) ?? 'log'
}

/** The commands that the settings have buttons for, each with input that fits somebody or something there. */
function samples(state: Registry): RegistryCommand[] {
  const reason = 'reason'
  const member = 'usr_none'
  const chat = state.chats.at(-1)
  const vkey = formatVkey(noteKey('witness.invalid', NOTE_COSIGNATURE, new Uint8Array(32)))
  return [
    {
      command: 'addMember',
      input: { member: null, name: 'x', email: 'nobody@invalid.example', roles: ['reporter'], team: null },
    },
    { command: 'changeRoles', input: { member, roles: ['reporter'], reason } },
    { command: 'removeMember', input: { member, reason } },
    { command: 'restoreMember', input: { member, reason } },
    {
      command: 'connectChat',
      input: { platform: 'slack', team: 'T0', team_name: 'x', bot_user: 'U0' },
    },
    { command: 'disconnectChat', input: { platform: 'slack', team: chat?.team ?? 'T0', reason } },
    { command: 'addWitness', input: { vkey, url: 'https://witness.invalid' } },
    { command: 'removeWitness', input: { vkey: state.witnesses[0]?.vkey ?? vkey, reason } },
    { command: 'setWitnessQuorum', input: { quorum: 1, reason } },
    { command: 'rotateKey', input: { purpose: freePurpose(state), overlap_hours: null, reason } },
    { command: 'configureAnchors', input: { timestamp: null, chat: null, every_hours: 168 } },
    { command: 'orderAnchor', input: { kind: state.anchors?.settings.chat ? 'chat' : 'timestamp' } },
    {
      command: 'registerConnector',
      input: {
        connector: 'https://connector.invalid',
        kind: 'postgres',
        executor: 'nhi_none',
        definition: `sha256:${'0'.repeat(64)}`,
        system: 'x',
        environment: 'development',
      },
    },
  ]
}
