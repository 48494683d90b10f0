'use client'

import { useRef } from 'react'
import { NewExport } from '../exports/new-export'
import { CommandDialog } from '../form/command-dialog'
import { useNames } from '../names'
import { useSession } from '../session'
import { useCaseDesk } from './desk'
import { caseForms } from './forms'
import { News } from './news'
import { TextEvidence } from './text-evidence'

/** These add to the case whatever it has become meanwhile: an earlier view does no harm. */
const LOOSE = ['addComment', 'correctEntry', 'acceptAssignment']

/** The dialog that the address names: `?do=confirmCase`. So a link from chat can lead straight to it. */
export function CaseDialog({
  command,
  about,
  onClose,
}: {
  command: string | null
  about: string | null
  onClose: () => void
}) {
  const { file } = useCaseDesk()
  const name = useNames()
  const me = useSession().data?.who.id ?? null
  const opened = useRef(file.version).current
  if (command === 'attachEvidence') return <TextEvidence onClose={onClose} />
  if (command === 'exportCase') return <NewExport about={file} onClose={onClose} />
  const form = command ? caseForms[command]?.({ file, about, name, me }) : undefined
  if (!command || !form) return null
  return (
    <CommandDialog
      base={`/api/v1/cases/${file.id}`}
      command={command}
      about={about}
      form={form}
      version={LOOSE.includes(command) ? undefined : file.version}
      news={<News file={file} since={opened} me={me} />}
      onClose={onClose}
    />
  )
}
