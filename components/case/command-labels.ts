import type { Stage } from '@/lib/case/event'

/** What one would do in each stage; the rest is in the menu. */
export const FIRST: Record<Stage, readonly string[]> = {
  identify: ['linkNhi', 'declareNoNhi', 'setSeverity', 'dismissCase'],
  confirm: ['confirmCase', 'dismissCase'],
  assign: ['acceptAssignment', 'declineAssignment', 'assignCase'],
  act: ['proposeAction', 'requestException', 'proposeNoAction'],
  verify: ['closeCase', 'returnCase'],
  closed: ['reopenCase'],
}
/** Each command as a button says it. */
export const LABEL: Readonly<Record<string, string>> = {
  linkNhi: 'Link an identity',
  unlinkNhi: 'Unlink an identity',
  declareNoNhi: 'No identity involved',
  setSeverity: 'Set severity',
  dismissCase: 'Dismiss',
  confirmCase: 'Confirm',
  acceptAssignment: 'Accept',
  declineAssignment: 'Decline',
  assignCase: 'Assign',
  proposeAction: 'Propose a change',
  requestException: 'Ask for an exception',
  proposeNoAction: 'No action needed',
  agreeNoAction: 'Agree: no action needed',
  advanceCase: 'Move on',
  closeCase: 'Close the case',
  returnCase: 'Go back a stage',
  reopenCase: 'Reopen',
  raiseTrust: 'Vouch for the message',
  retitleCase: 'Change the title',
  addComment: 'Comment',
  correctEntry: 'Correct an entry',
  attachEvidence: 'Attach evidence',
  exportCase: 'Export',
  placeHold: 'Place a legal hold',
}
