'use client'

import type { ExportView } from '@/lib/act/view/export'
import { Button } from '../ui/button'
import { useExportAct } from './query'

/** What can be done about an export now, by this reader. */
export function ExportActions({ row: { id, may, file }, title }: { row: ExportView; title: string }) {
  const { mutate, isPending } = useExportAct(id)
  return (
    <>
      {may.fetch && file ? (
        // A plain link: the browser shows how far the download is, and goes on when it breaks off.
        <a
          href={`/api/v1/exports/${id}/file`}
          download={file.name}
          aria-label={`Download ${title}`}
          className="inline-flex min-h-7 items-center rounded-md border border-edge bg-sheet px-2.5 text-sm font-medium hover:border-ink hover:bg-sunk pointer-coarse:min-h-11 pointer-coarse:px-3.5"
        >
          Download
        </a>
      ) : null}
      {may.cancel ? (
        <Button
          busy={isPending}
          aria-label={`Cancel the export of ${title}`}
          onClick={() => mutate({ act: 'cancel', done: 'Cancelled' })}
        >
          Cancel
        </Button>
      ) : null}
      {may.retry ? (
        <Button
          busy={isPending}
          aria-label={`Write the export of ${title} again`}
          onClick={() => mutate({ act: 'retry', done: 'It will be written again' })}
        >
          Write again
        </Button>
      ) : null}
      {may.remove ? (
        <Button
          look="quiet"
          busy={isPending}
          aria-label={`Delete the file of the export of ${title}`}
          onClick={() => mutate({ act: 'remove', done: 'File deleted' })}
        >
          Delete
        </Button>
      ) : null}
    </>
  )
}
