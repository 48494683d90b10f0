'use client'

import { useState, useSyncExternalStore } from 'react'
import { setSingleKeys, shortcuts, singleKeys } from './shortcuts'
import { Dialog } from './ui/dialog'
import { Key } from './ui/menu'

const none: ReturnType<typeof shortcuts.all> = []

/** What the keyboard can do on the page behind it. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const known = useSyncExternalStore(shortcuts.subscribe, shortcuts.all, () => none)
  const [on, setOn] = useState(singleKeys)
  const groups = [...new Set(known.map((one) => one.group))].toSorted()
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <div className="grid gap-6 px-5 py-4 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="small-caps mb-1">{group}</h3>
            <dl>
              {unique(known.filter((one) => one.group === group)).map((one) => (
                <div
                  key={one.keys}
                  className="flex items-center justify-between gap-4 border-b border-rule py-1"
                >
                  <dt>{one.label}</dt>
                  <dd className="flex gap-1">
                    {one.keys.split(' ').map((key) => (
                      <Key key={key}>{key.replace('mod+k', 'Ctrl/⌘ K')}</Key>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="flex items-center gap-2 border-t px-5 py-3 text-ink-2">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            setSingleKeys(event.target.checked)
            setOn(event.target.checked)
          }}
        />
        Shortcuts of a single key (switch off if you dictate or use other assistive software)
      </label>
    </Dialog>
  )
}

function unique<T extends { keys: string }>(all: readonly T[]): T[] {
  return all.filter((one, index) => all.findIndex((other) => other.keys === one.keys) === index)
}
