'use client'

import { CommandDialog } from '../form/command-dialog'
import { useNames } from '../names'
import { useSession } from '../session'
import { Bone, Failed, Loading } from '../ui/states'
import { Tabs } from '../ui/tabs'
import { useUrlState } from '../use-url-state'
import { Anchors } from './anchors'
import { Chat } from './chat'
import { Connectors } from './connectors'
import { Erasure } from './erasure'
import { registryForms } from './forms'
import { Keys } from './keys'
import { Members } from './members'
import { Policy } from './policy'
import { type Settings as Answer, useSettings } from './query'
import { Witnesses } from './witnesses'

const TABS = [
  ['members', 'Members'],
  ['chat', 'Chat'],
  ['connectors', 'Connectors and executors'],
  ['keys', 'Keys and log'],
  ['witnesses', 'Witnesses'],
  ['anchors', 'Anchors'],
  ['policy', 'Policy'],
  ['erasure', 'Erasure and holds'],
] as const
type Tab = (typeof TABS)[number][0]
const LINKS = TABS.map(([id, name]) => ({ id, href: `/settings?tab=${id}`, children: name }))
export type Open = (command: string, about?: string) => void

export function Settings() {
  const { params, set } = useUrlState()
  const name = useNames()
  const me = useSession().data?.who.id ?? null
  const tab = TABS.find(([id]) => id === params.get('tab'))?.[0] ?? 'members'
  const command = params.get('do')
  const about = params.get('about')
  const form = command ? registryForms[command]?.({ about, name, me }) : undefined
  const open: Open = (one, of) => set({ do: one, about: of ?? null })
  return (
    <>
      <h1 className="pt-4 text-lg font-semibold">Settings</h1>
      <Tabs label="Settings" open={tab} tabs={LINKS} />
      <div className="max-w-4xl pt-5">
        <Tabbed tab={tab} open={open} />
      </div>
      {command && form ? (
        <CommandDialog
          key={`${command}${about}`}
          base="/api/v1/registry"
          command={command}
          about={about}
          form={form}
          onClose={() => set({ do: null, about: null })}
        />
      ) : null}
    </>
  )
}

function Tabbed({ tab, open }: { tab: Tab; open: Open }) {
  if (tab === 'members') return <Members open={open} />
  if (tab === 'erasure') return <Erasure open={open} />
  return <Installation tab={tab} open={open} />
}

type OfInstallation = Exclude<Tab, 'members' | 'erasure'>

/** What only administrators and auditors see. */
function Installation({ tab, open }: { tab: OfInstallation; open: Open }) {
  const found = useSettings()
  if (found.isPending) return <Bones />
  if (!found.data)
    return <Failed error={found.error} what="The settings" retry={() => void found.refetch()} />
  return <Shown tab={tab} settings={found.data} open={open} />
}

function Shown({ tab, settings, open }: { tab: OfInstallation; settings: Answer; open: Open }) {
  switch (tab) {
    case 'chat':
      return <Chat settings={settings} open={open} />
    case 'connectors':
      return <Connectors settings={settings} open={open} />
    case 'keys':
      return <Keys settings={settings} open={open} />
    case 'witnesses':
      return <Witnesses settings={settings} open={open} />
    case 'anchors':
      return <Anchors settings={settings} />
    case 'policy':
      return <Policy settings={settings} />
  }
}

function Bones() {
  return (
    <Loading what="the settings">
      {Array.from({ length: 8 }, (_, index) => (
        <Bone key={index} className="mb-5 block w-full" />
      ))}
    </Loading>
  )
}
