'use client'

import { useQuery } from '@tanstack/react-query'
import type { NhiFile } from '@/lib/act/view/nhi'
import { get } from '../api'
import { Section } from '../case/section'
import { Spine } from '../case/spine'
import { CommandDialog } from '../form/command-dialog'
import { CaseTable } from '../inbox/case-table'
import { useNames } from '../names'
import { useSession } from '../session'
import { Bone, Failed, Loading } from '../ui/states'
import { useUrlState } from '../use-url-state'
import { BlastRadius } from './blast-radius'
import { Credentials } from './credentials'
import { nhiForms } from './forms'
import { NhiHead } from './nhi-head'
import { Profile } from './profile'

/** One non-human identity: who answers for it, what it reaches, what is open against it. */
export function NhiPage({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['nhi', id],
    queryFn: ({ signal }) => get<NhiFile>(`/api/v1/nhis/${id}`, signal),
  })
  if (found.isPending) return <Bones />
  if (!found.data)
    return <Failed error={found.error} what="This identity" page retry={() => void found.refetch()} />
  return <Loaded file={found.data} />
}

function Loaded({ file }: { file: NhiFile }) {
  const { params, set } = useUrlState()
  const name = useNames()
  const me = useSession().data?.who.id ?? null
  const open = (command: string, about?: string) => set({ do: command, about: about ?? null })
  const close = () => set({ do: null, about: null })
  const command = params.get('do')
  const about = params.get('about')
  const form = command ? nhiForms[command]?.({ nhi: file, about, name, me }) : undefined
  return (
    <>
      <NhiHead file={file} open={open} />
      <div className="grid gap-x-10 lg:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_27rem]">
        <div className="min-w-0">
          <BlastRadius file={file} />
          <Section id="cases" title="Cases about it">
            {file.cases.length ? (
              <CaseTable rows={file.cases} />
            ) : (
              <p className="text-ink-2">No case touches it.</p>
            )}
          </Section>
          <Credentials file={file} open={open} />
          <Profile file={file} open={open} />
        </div>
        <section aria-label="The record" className="mt-7 min-w-0">
          <Spine entries={file.timeline} />
        </section>
      </div>
      {command && form ? (
        <CommandDialog
          key={command}
          base={`/api/v1/nhis/${file.id}`}
          command={command}
          about={about}
          form={form}
          version={file.version}
          onClose={close}
        />
      ) : null}
    </>
  )
}

function Bones() {
  return (
    <Loading what="the identity" page>
      <Bone className="mt-6 block h-6 w-72" />
      <Bone className="mt-3 block w-96 max-w-full" />
      <Bone className="mt-8 block h-48 w-full max-w-3xl" />
      <Bone className="mt-8 block h-24 w-full max-w-3xl" />
    </Loading>
  )
}
