import type { WarrantRefusal } from '../warrant'
import type { AssertionRefusal } from '../webauthn'

export type VerdictName = 'integrity' | 'completeness' | 'authenticity'

/** `fail`: something is wrong. `not-shown`: nothing is wrong, but the bundle cannot show it. `note`: worth knowing. */
export type Level = 'fail' | 'not-shown' | 'note'

/** Every finding there is, with the verdict that it bears on. Codes are stable: scripts and tests may rely on them. */
export const FINDINGS = {
  'bag.malformed': ['integrity', 'fail'],
  'bag.unsafe_name': ['integrity', 'fail'],
  'bag.size': ['integrity', 'fail'],
  'manifest.altered_file': ['integrity', 'fail'],
  'manifest.unlisted_file': ['integrity', 'fail'],
  'manifest.missing_file': ['completeness', 'fail'],
  'signature.missing': ['authenticity', 'not-shown'],
  'signature.bad': ['authenticity', 'fail'],
  'signature.unknown_signer': ['authenticity', 'fail'],
  'signature.unpublished_key': ['authenticity', 'fail'],
  'signature.own_key': ['authenticity', 'note'],

  'event.not_canonical': ['integrity', 'fail'],
  'event.malformed': ['integrity', 'fail'],
  'event.time': ['integrity', 'fail'],
  'chain.broken': ['integrity', 'fail'],
  'chain.out_of_order': ['integrity', 'fail'],
  'chain.gap': ['completeness', 'fail'],
  'chain.start_not_shown': ['completeness', 'not-shown'],
  'entry.mismatch': ['integrity', 'fail'],
  'proof.malformed': ['integrity', 'fail'],
  'proof.bad': ['integrity', 'fail'],
  'proof.missing': ['completeness', 'fail'],
  'proof.surplus': ['integrity', 'fail'],
  'log.order': ['integrity', 'fail'],
  'log.not_shown': ['integrity', 'not-shown'],
  'head.mismatch': ['integrity', 'fail'],
  'redaction.unexplained': ['completeness', 'fail'],
  'redaction.mismatch': ['integrity', 'fail'],
  'redaction.erased': ['completeness', 'note'],
  'tail.open': ['completeness', 'fail'],
  'tail.not_shown': ['completeness', 'not-shown'],
  'tail.later_events': ['completeness', 'note'],
  'stream.hidden_events': ['completeness', 'fail'],
  'stream.duplicate_events': ['integrity', 'fail'],

  'checkpoint.malformed': ['integrity', 'fail'],
  'checkpoint.not_signed': ['authenticity', 'fail'],
  'checkpoint.bad_signature': ['authenticity', 'fail'],
  'policy.malformed': ['authenticity', 'fail'],
  'policy.missing': ['authenticity', 'not-shown'],
  'policy.not_independent': ['authenticity', 'not-shown'],
  'witness.forged': ['authenticity', 'fail'],
  'witness.quorum_not_met': ['authenticity', 'fail'],
  'witness.none': ['authenticity', 'not-shown'],
  'tile.malformed': ['integrity', 'fail'],
  'tile.altered': ['integrity', 'fail'],
  'tile.incomplete': ['completeness', 'note'],
  'log.forked': ['authenticity', 'fail'],
  'consistency.malformed': ['integrity', 'fail'],
  'anchor.malformed': ['integrity', 'fail'],
  'anchor.not_signed': ['authenticity', 'fail'],
  'anchor.not_comparable': ['authenticity', 'note'],
  'anchor.timestamp_mismatch': ['integrity', 'fail'],
  'anchor.timestamp_unchecked': ['authenticity', 'note'],
  'kept.not_comparable': ['authenticity', 'not-shown'],
  'kept.not_signed': ['authenticity', 'fail'],
  'kept.consistent': ['authenticity', 'note'],

  'registry.malformed': ['integrity', 'fail'],
  'registry.chain': ['integrity', 'fail'],
  'registry.proof': ['integrity', 'fail'],
  'registry.partial': ['completeness', 'not-shown'],

  'action.digest_mismatch': ['integrity', 'fail'],
  'action.without_warrant': ['authenticity', 'fail'],
  'action.executed_twice': ['authenticity', 'fail'],
  'approval.statement_missing': ['completeness', 'fail'],
  'approval.statement_altered': ['integrity', 'fail'],
  'approval.statement_mismatch': ['authenticity', 'fail'],
  'approval.assertion_missing': ['completeness', 'fail'],
  'approval.assertion_altered': ['integrity', 'fail'],
  'approval.unrecorded': ['integrity', 'fail'],
  'approval.out_of_time': ['authenticity', 'fail'],
  'approval.head_unknown': ['authenticity', 'fail'],
  'approval.request_not_shown': ['authenticity', 'not-shown'],
  'approval.by_requester': ['authenticity', 'fail'],
  'approval.by_executor': ['authenticity', 'fail'],
  'approval.by_executor_owner': ['authenticity', 'fail'],
  'approval.key_not_enrolled': ['authenticity', 'fail'],
  'approval.key_enrolled_later': ['authenticity', 'fail'],
  'approval.key_of_another': ['authenticity', 'fail'],
  'approval.key_revoked': ['authenticity', 'fail'],
  'approval.key_mismatch': ['authenticity', 'fail'],
  'approval.too_weak': ['authenticity', 'fail'],
  'approval.weaker_method': ['authenticity', 'note'],

  'warrant.missing': ['completeness', 'fail'],
  'warrant.unrecorded': ['integrity', 'fail'],
  'warrant.altered': ['integrity', 'fail'],
  'warrant.key_not_published': ['authenticity', 'fail'],
  'warrant.mismatch': ['authenticity', 'fail'],
  'warrant.issued_twice': ['authenticity', 'fail'],
  'warrant.not_issued': ['authenticity', 'fail'],
  'warrant.redeemed_twice': ['authenticity', 'fail'],
  'warrant.redeemed_out_of_time': ['authenticity', 'fail'],
  'warrant.redeemed_after_revocation': ['authenticity', 'fail'],
  'warrant.quorum_not_met': ['authenticity', 'fail'],
  'warrant.break_glass': ['authenticity', 'note'],

  'evidence.missing': ['completeness', 'fail'],
  'evidence.altered': ['integrity', 'fail'],
  'evidence.unrecorded': ['integrity', 'fail'],
  'evidence.withheld': ['completeness', 'note'],
} as const satisfies Record<string, readonly [VerdictName, Level]>

export type FindingCode = keyof typeof FINDINGS | `approval.${AssertionRefusal}` | `warrant.${WarrantRefusal}`

/** A refused assertion or warrant is a failure of authenticity, whatever the reason. */
export function bearing(code: FindingCode): readonly [VerdictName, Level] {
  return code in FINDINGS ? FINDINGS[code as keyof typeof FINDINGS] : ['authenticity', 'fail']
}
