import type { PasskeyView } from '@/lib/act/view/passkey'
import type { Form } from '../form/form'

/** `holder` is the name of somebody else, who is told the reason. */
export function revocationForm({ credential_id, name }: PasskeyView, holder: string | null): Form {
  return {
    title: `Revoke ${name}`,
    intro: `It signs nothing more, for ever. What it has signed stays good.${holder ? ` ${holder} is told that you did it, and why.` : ''}`,
    submit: 'Revoke',
    danger: true,
    done: 'Revoked, and on record',
    fields: [{ kind: 'text', name: 'reason', label: 'Why', rows: 2, optional: holder === null }],
    fixed: { credential_id },
  }
}
