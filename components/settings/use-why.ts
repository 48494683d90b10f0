'use client'

import { whyNot } from '../case/desk'
import { useSession } from '../session'
import { useSettings } from './query'

/** Why a command of the organisation can't be used, or null when it can. */
export function useWhy(): (command: string) => string | null {
  const roles = useSession().data?.roles
  const offers = useSettings(roles?.includes('admin') ?? false).data?.offers ?? []
  return (command) =>
    whyNot(offers, command) ?? (roles && !roles.includes('admin') ? 'Only an administrator does this.' : null)
}
