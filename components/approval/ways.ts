import type { ActionView, StatementView } from '@/lib/act/view/action'
import { whyNot } from '../case/desk'

/** How this reader can say yes: with a passkey, without one, or not at all, each with its reason. */
export type Ways = {
  /** Null: open. Undefined: the reader has no passkey, or it isn't asked for. */
  passkey: string | null | undefined
  /** Undefined: nothing less than a passkey is enough. */
  session: string | null | undefined
  /** The reader could sign if they had a passkey. */
  lacksKey: boolean
  /** The reader could approve if their sign-in weren't as old as it is. */
  signInAgain: boolean
  /** Without a passkey, the organisation's provider vouches for exactly this statement. */
  vouched: boolean
}

export function waysToApprove({ action, passkeys, provider }: StatementView): Ways {
  const offer = action.offers.find((each) => each.command === 'approveAction')
  const { assurance } = action.quorum
  const needed = assurance === 'passkey' || (assurance === 'vouched' && !provider)
  const decided = decidedAlready(action)
  // The server would take a signature, or a fresh sign-in, from this reader.
  const couldSign = decided === null && offer?.code === 'assurance_required'
  const why = decided ?? whyNot(action.offers, 'approveAction')
  const lacksKey = couldSign && needed && passkeys.length === 0
  const vouched = provider && ['fresh', 'vouched'].includes(assurance)
  return {
    passkey: passkeys.length > 0 ? (couldSign ? null : why) : undefined,
    session: needed && passkeys.length > 0 ? undefined : vouched && couldSign ? null : why,
    lacksKey,
    signInAgain: couldSign && !needed && !vouched,
    vouched,
  }
}

export function decidedAlready({ status }: Pick<ActionView, 'status'>): string | null {
  return status === 'awaiting-approval' ? null : 'There is nothing to decide now.'
}
