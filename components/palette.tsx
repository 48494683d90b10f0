'use client'

import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { type ReactNode, useDeferredValue, useEffect, useState, useSyncExternalStore } from 'react'
import type { SearchHit } from '@/lib/act/view/case'
import { get } from './api'
import { SeverityMark } from './case/severity'
import { StageMark } from './case/stage'
import { fitOf } from './fit'
import { useNhis } from './names'
import { shortcuts } from './shortcuts'
import { Dialog } from './ui/dialog'
import { Key } from './ui/menu'

const none: ReturnType<typeof shortcuts.all> = []
const row =
  'flex cursor-pointer items-center gap-2.5 px-4 py-1.5 data-[selected=true]:bg-accent-wash pointer-coarse:py-3'

/** Everything one can find or do, from the keyboard. */
export function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState('')
  const hits = useHits(useDeferredValue(text.trim()))
  const numbered = hits.find(({ case: one }) => `${one.number}` === numberIn(text))
  // Who types a case's number means that case, though something else fitted it while the answer was on its way.
  useEffect(() => {
    if (numbered) setChosen(itemValue(numbered.case, text))
  }, [numbered, text])
  const nhis = useNhis().data ?? []
  const known = useSyncExternalStore(shortcuts.subscribe, shortcuts.all, () => none)
  const run = (what: () => void) => {
    onClose()
    // The dialog gives the focus back before anything else may take it.
    setTimeout(what)
  }
  return (
    <Dialog title="Search, or do anything" onClose={onClose} bare>
      <Command label="Search, or do anything" loop filter={fitOf} value={chosen} onValueChange={setChosen}>
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="A case’s number or words, an identity, or something to do"
          className="w-full border-b bg-transparent px-4 py-3 text-base outline-none"
        />
        <Command.List className="max-h-[60vh] overflow-y-auto py-1.5">
          <Command.Empty className="px-4 py-6 text-center text-ink-3">
            Nothing fits these words.
          </Command.Empty>
          <Group heading="Cases">
            {hits.map(({ case: one }) => (
              <Command.Item
                key={one.id}
                value={itemValue(one, text)}
                onSelect={() => run(() => router.push(`/cases/${one.id}`))}
                className={row}
              >
                <SeverityMark severity={one.severity} />
                <span className="numeric text-ink-3">{one.number}</span>
                <span className="min-w-0 flex-1 truncate">{one.title}</span>
                <StageMark stage={one.stage} />
              </Command.Item>
            ))}
          </Group>
          <Group heading="Do">
            {known
              .filter((one) => one.keys !== 'mod+k')
              .map((one) => (
                <Command.Item
                  key={one.keys}
                  value={`${one.label} ${one.keys}`}
                  onSelect={() => run(one.run)}
                  className={row}
                >
                  <span className="flex-1">{one.label}</span>
                  <Key>{one.keys}</Key>
                </Command.Item>
              ))}
            <Command.Item
              value="Promote a message"
              onSelect={() => run(() => router.push('/promote'))}
              className={row}
            >
              Promote a message
            </Command.Item>
          </Group>
          {text.trim() ? (
            <Group heading="Identities">
              {nhis.map((one) => (
                <Command.Item
                  key={one.id}
                  value={`${one.name} ${one.system} ${one.account} ${one.id}`}
                  onSelect={() => run(() => router.push(`/identities/${one.id}`))}
                  className={row}
                >
                  <span className="flex-1">{one.name}</span>
                  <span className="text-ink-3">{one.system}</span>
                </Command.Item>
              ))}
            </Group>
          ) : null}
        </Command.List>
      </Command>
    </Dialog>
  )
}

/** With what was typed in it, so that the list keeps what the server found by words that aren't in the title. */
function itemValue({ id, title }: SearchHit['case'], text: string): string {
  return `${id} ${text} ${title}`.trim()
}

/** `1007`, `#1007`, `c-1007`. */
function numberIn(text: string): string | undefined {
  return /^#?(?:c-)?(\d+)$/i.exec(text.trim())?.[1]
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:small-caps [&_[cmdk-group-heading]]:px-4 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1"
    >
      {children}
    </Command.Group>
  )
}

function useHits(text: string): SearchHit[] {
  const { data } = useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) =>
      get<{ hits: SearchHit[] }>(`/api/v1/search?q=${encodeURIComponent(text)}`, signal),
    enabled: text.length > 1,
    placeholderData: (before) => before,
  })
  return text.length > 1 ? (data?.hits ?? []) : []
}
