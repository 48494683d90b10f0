import type { NhiFile } from '@/lib/act/view/nhi'
import { whyNot } from '../case/desk'
import { Section } from '../case/section'
import { Button } from '../ui/button'
import { cx } from '../ui/class'

type Open = (command: string, about?: string) => void

/** Credentials as fingerprints, keys by their thumbprint: never a secret. */
export function Credentials({ file, open }: { file: NhiFile; open: Open }) {
  return (
    <Section
      id="credentials"
      title="Credentials"
      aside={
        <span className="flex gap-1">
          <Button
            look="quiet"
            why={whyNot(file.offers, 'registerCredential')}
            onClick={() => open('registerCredential')}
          >
            Register
          </Button>
          <Button look="quiet" why={whyNot(file.offers, 'enrollKey')} onClick={() => open('enrollKey')}>
            Enroll a key
          </Button>
        </span>
      }
    >
      <ul>
        {file.credentials.map((one) => (
          <li
            key={one.credential}
            className={cx(
              'flex flex-wrap items-center gap-x-3 border-b border-rule py-1',
              one.retired && 'text-ink-3',
            )}
          >
            <span className="font-medium">{one.label}</span>
            <span className="text-xs">{one.kind}</span>
            <span className="numeric">{one.fingerprint.slice(0, 16)}…</span>
            {one.expires_on ? <span className="text-xs">until {one.expires_on}</span> : null}
            <span className="ml-auto">
              {one.retired ? (
                'retired'
              ) : (
                <Button
                  look="quiet"
                  why={whyNot(file.offers, 'retireCredential')}
                  onClick={() => open('retireCredential', one.credential)}
                >
                  Retire
                </Button>
              )}
            </span>
          </li>
        ))}
        {file.keys.map((key) => (
          <li
            key={key.kid}
            className={cx(
              'flex flex-wrap items-center gap-x-3 border-b border-rule py-1',
              key.revoked && 'text-ink-3',
            )}
          >
            <span className="font-medium">
              {key.use === 'sig' ? 'signs in with' : 'receives secrets with'}
            </span>
            <span className="numeric">{key.kid}</span>
            <span className="ml-auto">
              {key.revoked ? (
                'revoked'
              ) : (
                <Button
                  look="quiet"
                  why={whyNot(file.offers, 'revokeKey')}
                  onClick={() => open('revokeKey', key.kid)}
                >
                  Revoke
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {!file.credentials.length && !file.keys.length ? (
        <p className="text-ink-2">
          None is known. Register its fingerprint, so that a leaked one is recognised.
        </p>
      ) : null}
    </Section>
  )
}
