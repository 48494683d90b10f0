import type { Nhi } from '@/lib/nhi/nhi'
import type { Rows } from './case-rows'

/** What other streams and lists read of a non-human identity. */
export function nhiRows(org: string, id: string, state: Nhi): Rows {
  const { name, kind, system, account, environment, privilege, owner, backup_owner } = state.profile
  const live = state.credentials.filter((credential) => !credential.retired)
  return {
    nhi: {
      org,
      id,
      name,
      kind,
      system,
      account,
      environment,
      privilege,
      owner,
      backup_owner,
      disabled: state.disabled,
    },
    credential: live.map(({ fingerprint }) => ({ org, fingerprint, nhi: id })),
  }
}
