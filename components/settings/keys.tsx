import { Button } from '../ui/button'
import { cx } from '../ui/class'
import { When } from '../ui/when'
import { PURPOSES, type Purpose } from './key-words'
import type { Key, Settings } from './query'
import type { Open } from './settings'
import { useWhy } from './use-why'

/** What an outsider needs to check us, how far the log has got, and how each key is replaced. */
export function Keys({ settings, open }: { settings: Settings; open: Open }) {
  const { keys, log, rotations } = settings
  return (
    <div className="grid gap-7">
      <section aria-labelledby="log-title">
        <h2 id="log-title" className="mb-2 text-base font-semibold">
          The log
        </h2>
        <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1">
          <dt className="text-ink-3">Sealed events</dt>
          <dd className="numeric">{log.size}</dd>
          <dt className="text-ink-3">Of these witnessed</dt>
          <dd className="numeric">{log.witnessed_size}</dd>
          <dt className="text-ink-3">Last checkpoint</dt>
          <dd>
            {log.checkpoint_at ? (
              <When at={log.checkpoint_at} ago />
            ) : (
              <span className="text-medium">none yet</span>
            )}
          </dd>
          <dt className="text-ink-3">Root</dt>
          <dd className="numeric break-all">{log.root}</dd>
        </dl>
      </section>
      {PURPOSES.map((purpose) => (
        <OfPurpose
          key={purpose.use}
          purpose={purpose}
          keys={keys.filter(({ use }) => use === purpose.use)}
          ordered={rotations.find((order) => order.purpose === purpose.use)?.ordered_at ?? null}
          open={open}
        />
      ))}
    </div>
  )
}

type OfPurposeProps = { purpose: Purpose; keys: readonly Key[]; ordered: string | null; open: Open }

function OfPurpose({ purpose, keys, ordered, open }: OfPurposeProps) {
  const why = useWhy()
  const id = `keys-${purpose.use}`
  return (
    <section aria-labelledby={id}>
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="text-base font-semibold">
          {purpose.title}
        </h2>
        {purpose.rotates ? (
          <Button
            why={ordered ? 'A new key is on its way.' : why('rotateKey')}
            onClick={() => open('rotateKey', purpose.use)}
            aria-label={`Rotate: ${purpose.title}`}
          >
            Rotate
          </Button>
        ) : null}
      </div>
      <p className="mb-2 max-w-3xl text-ink-2">{purpose.says}</p>
      {ordered ? (
        <p className="mb-2 text-medium" role="status">
          A new key was ordered <When at={ordered} ago />, and is about to be published.
        </p>
      ) : null}
      {keys.length ? (
        <ul className="border-t border-rule-strong">
          {keys.map((key) => (
            <OneKey key={key.kid} it={key} />
          ))}
        </ul>
      ) : (
        <p className="border-t border-rule-strong py-1.5 text-ink-3">None.</p>
      )}
    </section>
  )
}

const STATES: Record<Key['state'], { text: string; look: string }> = {
  signs: { text: 'in use', look: 'text-ok' },
  next: { text: 'published, signs soon', look: 'text-medium' },
  verifies: { text: 'replaced, still verifies', look: 'text-medium' },
  retired: { text: 'retired', look: 'text-ink-3' },
  witness: { text: 'a witness’s own', look: 'text-ink-2' },
  shared: { text: 'in use, shared by our processes', look: 'text-ok' },
}

function OneKey({ it }: { it: Key }) {
  const { text, look } = STATES[it.state]
  return (
    <li className="border-b border-rule py-1.5">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span
          className={cx('numeric min-w-0 break-all', it.state === 'retired' ? 'text-ink-3' : 'font-medium')}
        >
          {it.kid}
        </span>
        <span className={cx('ml-auto text-xs font-medium', look)}>{text}</span>
      </p>
      <p className="flex flex-wrap gap-x-3 text-xs text-ink-2">
        <span>{it.algorithm}</span>
        {it.fingerprint === it.kid ? null : <span className="numeric break-all">{it.fingerprint}</span>}
        {it.published_at ? (
          <span>
            {it.state === 'shared' ? 'made' : 'published'} <When at={it.published_at} />
          </span>
        ) : null}
        {it.state === 'next' ? (
          <span>
            signs from <When at={it.from} />
          </span>
        ) : null}
        {it.retires && !it.retired ? (
          <span className="text-medium">
            retires <When at={it.retires} />
          </span>
        ) : null}
        {it.retired ? (
          <span>
            retired <When at={it.retired} />
          </span>
        ) : null}
      </p>
      {it.public_key ? <p className="numeric text-xs break-all text-ink-2">{it.public_key}</p> : null}
    </li>
  )
}
