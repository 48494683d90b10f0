'use client'

import { useRouter } from 'next/navigation'
import type { MemberView } from '@/lib/act/view/person'
import { Who } from '../case/who'
import { useMembers } from '../names'
import { Button } from '../ui/button'
import { cx } from '../ui/class'
import { Menu } from '../ui/menu'
import { Failed } from '../ui/states'
import type { Open } from './settings'
import { useWhy } from './use-why'

export function Members({ open }: { open: Open }) {
  const found = useMembers()
  const why = useWhy()
  if (found.isError)
    return <Failed error={found.error} what="The members" retry={() => void found.refetch()} />
  return (
    <>
      <div className="mb-3 flex items-baseline justify-between gap-4">
        <p className="text-ink-2">Rights come from this list, never from membership in a chat channel.</p>
        <Button why={why('addMember')} onClick={() => open('addMember')}>
          Add a member
        </Button>
      </div>
      <ul className="border-t border-rule-strong">
        {found.data?.map((one) => (
          <Member key={one.id} one={one} open={open} />
        ))}
      </ul>
    </>
  )
}

function Member({ one, open }: { one: MemberView; open: Open }) {
  const why = useWhy()
  const router = useRouter()
  const commands = one.removed
    ? ([['restoreMember', 'Take back']] as const)
    : ([
        ['changeRoles', 'Change roles'],
        ['removeMember', 'Remove'],
      ] as const)
  return (
    <li
      className={cx(
        'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-b border-rule py-1.5 sm:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1.2fr)_auto]',
        one.removed && 'text-ink-3',
      )}
    >
      <Who who={one} className={cx('font-medium', one.removed && 'line-through')} />
      <span className="max-sm:order-last max-sm:col-span-2">
        {one.roles.join(', ')}
        {one.team ? <span className="text-ink-3">, {one.team}</span> : null}
      </span>
      <span className="truncate text-xs text-ink-2 max-sm:order-last max-sm:col-span-2">
        {one.email}
        {one.linked.map((link) => (
          <span key={link.user} className="ml-2 text-ink-3">
            {link.platform} <span className="numeric">{link.user}</span>
          </span>
        ))}
      </span>
      <Menu
        label={`What can be done about ${one.name}`}
        trigger={
          <button
            type="button"
            aria-label={`${one.name}: change`}
            className="min-h-7 rounded-md px-2 text-ink-2 hover:bg-sunk hover:text-ink pointer-coarse:min-h-11"
          >
            …
          </button>
        }
        items={[
          ...commands.map(([command, label]) => ({
            key: command,
            label,
            why: why(command),
            onSelect: () => open(command, one.id),
          })),
          {
            key: 'passkeys',
            label: 'Passkeys',
            why: why('revokePasskey'),
            onSelect: () => router.push(`/passkeys?of=${one.id}`),
          },
        ]}
      />
    </li>
  )
}
