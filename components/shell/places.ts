import {
  Fingerprint,
  Inbox,
  KeyRound,
  type LucideIcon,
  PackageOpen,
  ScrollText,
  Settings,
  Stamp,
} from 'lucide-react'

export type Place = { href: string; name: string; keys: string; icon: LucideIcon }

export const PLACES: readonly Place[] = [
  { href: '/inbox', name: 'Inbox', keys: 'g i', icon: Inbox },
  { href: '/approvals', name: 'Approvals', keys: 'g a', icon: Stamp },
  { href: '/identities', name: 'Identities', keys: 'g n', icon: Fingerprint },
  { href: '/history', name: 'History', keys: 'g h', icon: ScrollText },
  { href: '/exports', name: 'Exports', keys: 'g x', icon: PackageOpen },
]
export const SETTINGS: Place = { href: '/settings', name: 'Settings', keys: 'g s', icon: Settings }
export const PASSKEYS: Place = { href: '/passkeys', name: 'Your passkeys', keys: 'g k', icon: KeyRound }
