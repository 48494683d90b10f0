'use client'

import { type ComponentProps, useState } from 'react'
import { useShortcut } from '../keyboard'
import { Button } from '../ui/button'
import { Menu } from '../ui/menu'
import { FIRST, LABEL } from './command-labels'
import { useCaseDesk, whyNot } from './desk'
import { after } from './form-parts'
import { caseForms } from './forms'

/** What one would do now as buttons, the rest in a menu. */
export function Commands() {
  const { file, open } = useCaseDesk()
  const [menu, setMenu] = useState(false)
  useShortcut('.', 'Everything one can do here', () => setMenu(true), 'Case')
  const waits = file.gates.find((one) => one.stage === file.stage)?.missing ?? []
  const first = FIRST[file.stage].filter(
    (command) => !waits.some((item) => item.command === command && whyNot(file.offers, command) === null),
  )
  const moves =
    file.stage !== 'closed' && file.stage !== 'verify' && waits.length === 0 ? ['advanceCase'] : []
  const extra = whyNot(file.offers, 'agreeNoAction') === null ? ['agreeNoAction'] : []
  const vouch = whyNot(file.offers, 'raiseTrust') === null ? ['raiseTrust'] : []
  const shown = [...moves, ...extra, ...vouch, ...first]
  const rest = Object.keys(LABEL).filter(
    (command) =>
      !shown.includes(command) &&
      (caseForms[command] || command === 'exportCase' || command === 'attachEvidence'),
  )
  return (
    <div className="mt-3.5 flex flex-wrap gap-2 border-t border-rule pt-3 print:hidden">
      {shown.map((command) => (
        <Button
          key={command}
          look={command === 'advanceCase' || (command === 'closeCase' && !waits.length) ? 'primary' : 'plain'}
          why={whyNot(file.offers, command)}
          onClick={() => open(command)}
        >
          {command === 'advanceCase' ? `Move on to ${after(file.stage)}` : LABEL[command]}
        </Button>
      ))}
      <Menu
        label="Everything one can do here"
        open={menu}
        onOpenChange={setMenu}
        trigger={<MoreButton />}
        items={rest
          .map((command) => ({
            key: command,
            label: LABEL[command],
            why: whyNot(file.offers, command),
            onSelect: () => open(command),
          }))
          .toSorted((one, other) => Number(one.why !== null) - Number(other.why !== null))}
      />
    </div>
  )
}

/** A bare button: the menu gives it its handlers. */
function MoreButton(props: ComponentProps<'button'>) {
  return (
    <button
      {...props}
      type="button"
      className="min-h-7 rounded-md px-2.5 font-medium text-ink-2 hover:bg-sunk hover:text-ink pointer-coarse:min-h-11"
    >
      More …
    </button>
  )
}
