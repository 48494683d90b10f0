import { TAG_MANIFEST_SIGNATURE } from '../bagit'
import { orNull } from '../malformed'
import { checkNote, parseVkey } from '../note'
import { parseSshsig } from '../sshsig'
import { fingerprint, keyBlob } from './bag-signature'
import type { Chains } from './chain'
import type { Context } from './context'
import { readAnyText } from './reader'
import type { Registry } from './registry'
import { CHECKPOINT, type Trust } from './trust'

/**
 * What a key signs after its retirement doesn't count: whoever has stolen it can't go on with it. "After" is told by places in the log,
 * never by a time that the signer chose.
 */
export async function checkRetiredKeys(
  context: Context,
  trust: Trust,
  registry: Registry,
  chains: Chains,
): Promise<void> {
  checkHead(context, trust, registry)
  await checkBag(context, registry, chains)
}

/** A head that covers a key's retirement is signed by one that wasn't retired. */
function checkHead({ report }: Context, { head }: Trust, { logKeys, retired }: Registry): void {
  if (head === null) return
  const { note, checkpoint } = head
  const signers = logKeys.filter((vkey) => {
    const key = orNull(() => parseVkey(vkey))
    return key !== null && key.name === checkpoint.origin && checkNote(key, note) === 'signed'
  })
  const isGone = (vkey: string) => (retired.get(vkey) ?? checkpoint.size) < checkpoint.size
  if (signers.length === 0 || !signers.every(isGone)) return
  const sentence = 'The head of the log is signed by a key alone that had been retired before.'
  report.add('checkpoint.retired_key', sentence, { file: CHECKPOINT })
}

/** The export is an event: if the key's retirement stands before it in the log, somebody else packed this. */
async function checkBag({ reader, report }: Context, { retired }: Registry, { last }: Chains): Promise<void> {
  const armoured = await readAnyText(reader, TAG_MANIFEST_SIGNATURE)
  const sshsig = armoured === null ? null : orNull(() => parseSshsig(armoured))
  if (sshsig === null || last?.index == null) return
  const name = fingerprint(keyBlob(sshsig.publicKey))
  const index = retired.get(name)
  if (index === undefined || index > last.index) return
  const sentence = `The bundle is signed with ${name}, which was retired before this export.`
  report.add('signature.retired_key', sentence, { file: TAG_MANIFEST_SIGNATURE })
}
