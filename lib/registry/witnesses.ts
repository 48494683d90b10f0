import { z } from 'zod'
import { type Refusal, refuse } from '../act/refusal'
import type { CommandTable } from '../act/spec'
import { text } from '../act/text'
import { equal } from '../record/bytes'
import { isMalformed } from '../record/malformed'
import { NOTE_COSIGNATURE, parseVkey } from '../record/note'
import type { Registry } from './registry'

/** A witness of the organisation's log, as an administrator entered it: its verifier key and where it is asked. */
export type Witness = { readonly vkey: string; readonly name: string; readonly url: string }

const MOST_WITNESSES = 20

const vkey = z
  .string()
  .max(300, 'at most 300 characters')
  .refine(isWitnessKey, 'must be the verifier key of a witness, as its server prints it')
const url = z
  .string()
  .max(300, 'at most 300 characters')
  .refine(isPrefix, 'must be an address such as https://witness.example, without name, password, ? or #')

export const witnessCommands = {
  addWitness: {
    summary: 'Ask another witness about the log',
    doors: 'desk',
    input: z.strictObject({ vkey, url }),
  },
  removeWitness: {
    summary: 'Ask a witness no more',
    doors: 'desk',
    input: z.strictObject({ vkey, reason: text(2_000) }),
  },
  setWitnessQuorum: {
    summary: 'Say how many witnesses make an event witnessed',
    doors: 'desk',
    input: z.strictObject({ quorum: z.int().min(1).max(MOST_WITNESSES), reason: text(2_000) }),
  },
} as const satisfies CommandTable

export type WitnessEvent =
  | { type: 'witness.added'; data: { vkey: string; name: string; url: string } }
  | { type: 'witness.removed'; data: { vkey: string; name: string; reason: string } }
  | { type: 'witness.quorum'; data: { from: number; to: number; reason: string } }

type Of<Name extends keyof typeof witnessCommands> = z.output<(typeof witnessCommands)[Name]['input']>

/** @param origin the web origin: only an installation on this very machine may have a witness without HTTPS beside it */
export function addWitness(
  state: Registry,
  input: Of<'addWitness'>,
  origin: string,
): WitnessEvent[] | Refusal {
  const { name, publicKey } = parseVkey(input.vkey)
  const address = new URL(input.url)
  if (
    address.protocol !== 'https:' &&
    !(isLoopback(address.hostname) && isLoopback(new URL(origin).hostname))
  )
    return refuse('invalid', 'A witness is asked over HTTPS.', 'Give an address that starts with https://.', {
      field: 'url',
    })
  if (state.witnesses.some((known) => equal(parseVkey(known.vkey).publicKey, publicKey)))
    return refuse('duplicate', `${name} is a witness of this log already.`, 'One witness counts once.', {
      field: 'vkey',
    })
  if (state.witnesses.length >= MOST_WITNESSES)
    return refuse('too_large', `There are ${MOST_WITNESSES} witnesses already.`, 'Remove one first.')
  const url = `${address.origin}${address.pathname.replace(/\/+$/, '')}`
  const added: WitnessEvent = { type: 'witness.added', data: { vkey: input.vkey, name, url } }
  if (state.witness_quorum > 0) return [added]
  return [added, { type: 'witness.quorum', data: { from: 0, to: 1, reason: 'the first witness' } }]
}

export function removeWitness(
  state: Registry,
  { vkey: gone, reason }: Of<'removeWitness'>,
): WitnessEvent[] | Refusal {
  const known = state.witnesses.find((witness) => witness.vkey === gone)
  if (!known)
    return refuse('not_found', 'There is no such witness.', 'Reload the settings.', { field: 'vkey' })
  const left = state.witnesses.length - 1
  const removed: WitnessEvent = { type: 'witness.removed', data: { vkey: gone, name: known.name, reason } }
  if (left === 0)
    return [removed, { type: 'witness.quorum', data: { from: state.witness_quorum, to: 0, reason } }]
  if (state.witness_quorum <= left) return [removed]
  return refuse(
    'gate',
    `${state.witness_quorum} witnesses are needed, and ${left} would be left: nothing could be witnessed any more.`,
    'Add another witness, or say first that fewer are needed.',
  )
}

export function setWitnessQuorum(
  state: Registry,
  { quorum, reason }: Of<'setWitnessQuorum'>,
): WitnessEvent[] | Refusal {
  const { witnesses, witness_quorum: from } = state
  if (quorum > witnesses.length)
    return refuse(
      'gate',
      `There are ${witnesses.length} witnesses.`,
      'Add more, or choose a smaller number.',
      { field: 'quorum' },
    )
  if (quorum === from) return refuse('duplicate', `${quorum} are needed already.`, 'Nothing more is needed.')
  return [{ type: 'witness.quorum', data: { from, to: quorum, reason } }]
}

type Witnessed = Pick<Registry, 'witnesses' | 'witness_quorum'>

export function evolveWitnesses({ witnesses, witness_quorum }: Witnessed, event: WitnessEvent): Witnessed {
  switch (event.type) {
    case 'witness.added':
      return { witnesses: [...witnesses, event.data], witness_quorum }
    case 'witness.removed':
      return { witnesses: witnesses.filter((each) => each.vkey !== event.data.vkey), witness_quorum }
    case 'witness.quorum':
      return { witnesses, witness_quorum: event.data.to }
  }
}

/** The lines of a C2SP tlog-policy that say which witnesses count, and how many it takes. */
export function witnessPolicyLines({ witnesses, witness_quorum }: Witnessed): string {
  if (witnesses.length === 0) return 'quorum none\n'
  const lines = witnesses.map(({ vkey: key, url: where }, i) => `witness w${i + 1} ${key} ${where}\n`)
  const names = witnesses.map((_, i) => `w${i + 1}`).join(' ')
  return `${lines.join('')}group witnesses ${witness_quorum} ${names}\nquorum witnesses\n`
}

function isWitnessKey(value: string): boolean {
  try {
    const { type, publicKey } = parseVkey(value)
    return type === NOTE_COSIGNATURE && publicKey.length === 32
  } catch (error) {
    if (isMalformed(error)) return false
    throw error
  }
}

function isPrefix(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password, search, hash } = new URL(value)
  return /^https?:$/.test(protocol) && !username && !password && !search && !hash && !/[?#]/.test(value)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
