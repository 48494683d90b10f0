import type { PasskeyView } from '@/lib/act/view/passkey'
import { Said } from '../case/said'
import { Button } from '../ui/button'
import { cx } from '../ui/class'
import { When } from '../ui/when'

type Props = { passkeys: readonly PasskeyView[]; why: string | null; revoke: (id: string) => void }

export function PasskeyList({ passkeys, why, revoke }: Props) {
  return (
    <ul aria-label="Passkeys" className="mt-4 border-t border-rule-strong">
      {passkeys.map((one) => (
        <li
          key={one.credential_id}
          className={cx(
            'grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 border-b border-rule py-2.5',
            one.revoked_at && 'text-ink-3',
          )}
        >
          <div className="min-w-0">
            <p className={cx('text-base font-semibold', one.revoked_at && 'line-through')}>
              <Said inline text={one.name} />
            </p>
            <p className={one.revoked_at ? '' : 'text-ink-2'}>
              {one.synced ? 'May be copied to your other devices' : 'Stays in one device'} · enrolled{' '}
              <When at={one.enrolled_at} />
              {' · '}
              {one.last_used_at ? (
                <>
                  last used <When at={one.last_used_at} ago />
                </>
              ) : (
                'never used'
              )}
            </p>
            <p className="numeric truncate text-ink-3" title={one.credential_id}>
              {one.alg} · {one.credential_id}
            </p>
          </div>
          {one.revoked_at ? (
            <span className="text-xs">
              revoked <When at={one.revoked_at} />
            </span>
          ) : (
            <Button look="danger" why={why} onClick={() => revoke(one.credential_id)}>
              Revoke
              <span className="sr-only"> {one.name}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
