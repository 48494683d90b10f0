'use client'

import { useRouter } from 'next/navigation'
import { Who } from '../case/who'
import { signOut, useSession } from '../session'
import { Menu } from '../ui/menu'
import { Bone } from '../ui/states'

export function Me() {
  const { data } = useSession()
  const router = useRouter()
  if (!data) return <Bone className="h-6 w-6 rounded-full" />
  return (
    <Menu
      label="You"
      trigger={
        <button
          type="button"
          className="flex items-center gap-1.5 rounded-md p-1 hover:bg-sunk pointer-coarse:min-h-11"
          aria-label={`${data.who.name}: your menu`}
        >
          <Who who={data.who} nameless />
          <span className="hidden xl:inline">{data.who.name}</span>
        </button>
      }
      items={[
        {
          key: 'who',
          label: <span className="text-ink-2">{`${data.who.name} · ${data.roles.join(', ')}`}</span>,
          why: data.org.name,
          onSelect: () => {},
        },
        { key: 'promote', label: 'Promote a message', onSelect: () => router.push('/promote') },
        {
          key: 'passkeys',
          label: 'Your passkeys',
          shortcut: 'g k',
          onSelect: () => router.push('/passkeys'),
        },
        { key: 'settings', label: 'Settings', shortcut: 'g s', onSelect: () => router.push('/settings') },
        ...(data.sample_chat
          ? [
              {
                key: 'chat',
                label: 'Sample chat',
                onSelect: () => window.open(data.sample_chat ?? '', '_blank', 'noopener'),
              },
            ]
          : []),
        { key: 'out', label: data.local ? 'Be somebody else (sign out)' : 'Sign out', onSelect: signOut },
      ]}
    />
  )
}
