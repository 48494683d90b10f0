import type { ApprovalStatement } from '../approval'
import { fromUtf8 } from '../bytes'
import { orNull } from '../malformed'
import { fromPem, samePublicKey } from '../public-key'
import { type Assertion, checkAssertion, digestOf } from '../webauthn'
import type { Context } from './context'
import type { ApprovalFact } from './facts'
import { readBytes } from './reader'
import type { Enrolment, Registry } from './registry'

/** An approval that can't be repudiated: signed by a passkey that this person had enrolled before, and not revoked. */
export async function checkPasskey(
  context: Context,
  registry: Registry,
  approval: ApprovalFact,
  statement: ApprovalStatement,
  bytes: Uint8Array,
): Promise<void> {
  const { report } = context
  const { where } = approval
  const kept = await readAssertion(context, approval)
  if (kept === null) {
    report.add(
      'approval.assertion_missing',
      `The signature of ${approval.approver} is not there, or not all of it.`,
      where,
    )
    return
  }
  if (digestOf(kept) !== approval.assertionDigest) {
    report.add(
      'approval.assertion_altered',
      `This is not the signature that was recorded when ${approval.approver} decided.`,
      where,
    )
  }
  const enrolment = checkEnrolment(context, registry, approval)
  if (!enrolment?.key || enrolment.rpId === null || enrolment.origin === null) return
  const pem = orNull(() => fromPem(fromUtf8(kept.credentialPem)))
  if (pem === null || !samePublicKey(pem, enrolment.key)) {
    report.add('approval.key_mismatch', 'credential.pem is not the key that was enrolled.', where)
  }
  if (statement.aud !== enrolment.origin) {
    report.add('approval.statement_mismatch', "The statement's aud is not where the key was enrolled.", where)
  }
  const expected = { statement: bytes, key: enrolment.key, rpId: enrolment.rpId, origin: enrolment.origin }
  const refused = checkAssertion(kept, expected)
  if (refused !== null) {
    report.add(
      `approval.${refused}`,
      `The passkey's signature doesn't stand: ${refused.replaceAll('_', ' ')}.`,
      where,
    )
  }
}

async function readAssertion({ reader }: Context, { folder }: ApprovalFact) {
  const read = (name: string) => readBytes(reader, `${folder}${name}`)
  const [clientData, authData] = [await read('clientdata.json'), await read('authdata.bin')]
  const [signature, credentialPem] = [await read('signature.bin'), await read('credential.pem')]
  if (!clientData || !authData || !signature || !credentialPem) return null
  return { clientData, authData, signature, credentialPem } satisfies Assertion & {
    credentialPem: Uint8Array
  }
}

/** Enrolled by this person, before the approval in the log's order, and not revoked by then. */
function checkEnrolment({ report }: Context, registry: Registry, approval: ApprovalFact): Enrolment | null {
  const { where, approver, index, credentialId } = approval
  const enrolment = registry.enrolled.get(credentialId ?? '')
  if (!enrolment?.key) {
    report.add(
      'approval.key_not_enrolled',
      `The registry has no usable key ${credentialId} for ${approver}.`,
      where,
    )
    return null
  }
  if (enrolment.user !== approver) {
    report.add(
      'approval.key_of_another',
      `The key was enrolled by ${enrolment.user}, not by ${approver}.`,
      where,
    )
  }
  if (index !== null && enrolment.index >= index) {
    report.add(
      'approval.key_enrolled_later',
      `${approver} enrolled the key only after signing with it.`,
      where,
    )
  }
  const revoked = registry.revoked.get(credentialId ?? '')
  if (index !== null && revoked !== undefined && revoked < index) {
    report.add('approval.key_revoked', `The key had been revoked when ${approver} signed.`, where)
  }
  return enrolment
}
