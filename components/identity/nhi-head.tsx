import type { NhiFile } from '@/lib/act/view/nhi'
import { whyNot } from '../case/desk'
import { HealthChips } from '../case/health'
import { Who, WhoGlyph } from '../case/who'
import { Button } from '../ui/button'

type Open = (command: string, about?: string) => void

export function NhiHead({ file, open }: { file: NhiFile; open: Open }) {
  const stop = file.disabled ? 'enableNhi' : 'disableNhi'
  return (
    <header className="ruled flex flex-wrap items-end gap-x-6 gap-y-3 pt-5 pb-3">
      <div className="min-w-0 flex-1 basis-80">
        <h1 className="flex items-center gap-2 text-xl font-semibold">
          <WhoGlyph who={{ id: file.id, name: file.name, kind: 'nhi' }} large />
          {file.name}
        </h1>
        <p className="mt-1.5 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-ink-2">
          <span>
            {file.kind.replaceAll('-', ' ')} in {file.system}, {file.environment}
          </span>
          <span>
            {file.owner ? (
              <>
                owned by <Who who={file.owner} className="font-medium text-ink" />
              </>
            ) : (
              <span className="font-medium text-critical">nobody owns it</span>
            )}
            {file.backup_owner ? (
              <>
                , for them <Who who={file.backup_owner} />
              </>
            ) : null}
          </span>
          <HealthChips health={file.health} disabled={file.disabled} />
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button why={whyNot(file.offers, 'reviewNhi')} onClick={() => open('reviewNhi')}>
          Review
        </Button>
        <Button why={whyNot(file.offers, 'changeOwner')} onClick={() => open('changeOwner')}>
          Hand over
        </Button>
        <Button
          look={file.disabled ? 'primary' : 'danger'}
          why={whyNot(file.offers, stop)}
          onClick={() => open(stop)}
        >
          {file.disabled ? 'Enable it' : 'Stop it at once'}
        </Button>
      </div>
    </header>
  )
}
