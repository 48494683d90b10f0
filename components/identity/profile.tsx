import type { NhiFile } from '@/lib/act/view/nhi'
import { whyNot } from '../case/desk'
import { Said } from '../case/said'
import { Section } from '../case/section'
import { Button } from '../ui/button'

export function Profile({ file, open }: { file: NhiFile; open: (command: string) => void }) {
  const { profile } = file
  const lines: [string, string | null][] = [
    ['For', profile.purpose],
    ['Account', profile.account],
    ['Reaches', profile.reach],
    ['Criticality', profile.criticality],
    ['Data domain', profile.domain],
    ['Made on', profile.created_on],
    ['Last used', file.last_used_on],
    ['Last rotated', file.last_rotated_on],
    ['Expires', profile.expires_on],
    ['Next review', file.next_review_on],
  ]
  return (
    <Section
      id="profile"
      title="Description"
      aside={
        <Button look="quiet" why={whyNot(file.offers, 'describeNhi')} onClick={() => open('describeNhi')}>
          Correct
        </Button>
      }
    >
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd>{value ? <Said inline text={value} /> : <span className="text-ink-3">not known</span>}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
