import { useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import { post, refusalOf } from '../api'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { cx } from '../ui/class'
import { toast } from '../ui/toast'
import { When } from '../ui/when'
import type { Settings } from './query'
import type { Open } from './settings'
import { useWhy } from './use-why'

type Witness = Settings['witnesses']['list'][number]

/** One witness: who it is, how far it has signed, and what can be done about it. */
export function WitnessRow({ one, of, open }: { one: Witness; of: number; open: Open }) {
  const why = useWhy()
  const { busy, refusal, ask } = useAsk(one.vkey)
  return (
    <li className="border-b border-rule py-2.5">
      <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_auto]">
        <div className="min-w-0">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <b className="min-w-0 font-semibold break-words">{one.name}</b>
            <span className="numeric min-w-0 break-all text-ink-2">{one.url}</span>
          </p>
          <State one={one} of={of} />
          <p className="numeric break-all text-ink-3">{one.vkey}</p>
        </div>
        <span className="flex flex-wrap items-start gap-2">
          <Button busy={busy} aria-label={`Ask ${one.name} now`} onClick={ask}>
            Ask it now
          </Button>
          <Button
            look="quiet"
            aria-label={`Remove ${one.name}`}
            why={why('removeWitness')}
            onClick={() => open('removeWitness', one.vkey)}
          >
            Remove
          </Button>
        </span>
      </div>
      {refusal ? (
        <div className="mt-2">
          <Refused refusal={refusal} />
        </div>
      ) : null}
    </li>
  )
}

function State({ one, of }: { one: Witness; of: number }) {
  if (one.error)
    return (
      <p className="text-critical">
        <Dot className="bg-critical" />
        {one.error}{' '}
        <span className="text-ink-2">
          {one.seen_at ? (
            <>
              It last signed <When at={one.seen_at} ago />: <Signed size={one.size} of={of} />.
            </>
          ) : (
            'It has never signed.'
          )}
        </span>
      </p>
    )
  if (!one.seen_at)
    return (
      <p className="text-medium">
        <Dot className="border border-medium" />
        Not asked yet.
      </p>
    )
  return (
    <p className="text-ink-2">
      <Dot className="bg-ok" />
      Signed <Signed size={one.size} of={of} />, <When at={one.seen_at} ago />
    </p>
  )
}

function Dot({ className }: { className: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx('mr-2 inline-block size-2 rounded-full forced-color-adjust-none', className)}
    />
  )
}

function Signed({ size, of }: { size: number; of: number }) {
  if (size >= of) return 'all of the log'
  return (
    <>
      <span className="numeric">{size}</span> of <span className="numeric">{of}</span> entries
    </>
  )
}

/** Really asks it, and says what it answered. */
function useAsk(vkey: string) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const ask = async () => {
    setBusy(true)
    setRefusal(null)
    try {
      const { sentence } = await post<{ sentence: string }>('/api/v1/registry/witnesses/test', { vkey })
      toast({ kind: 'done', title: 'The witness signed', detail: sentence })
    } catch (error) {
      setRefusal(refusalOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { busy, refusal, ask }
}
