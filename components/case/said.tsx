import { Fragment } from 'react'
import { type Segment, visible } from '@/lib/chat/visible'
import { cx } from '../ui/class'

const MASKED = /(\[secret: [^\]\n]{1,80}\])/

/**
 * The one way in which text from outside is shown: as text. Hidden characters are made visible, a link says where it
 * goes and is not followed by a slip of the hand, a masked secret is a chip.
 */
export function Said({ text, className, inline }: { text: string; className?: string; inline?: boolean }) {
  const Tag = inline ? 'span' : 'p'
  return (
    <Tag dir="auto" className={cx('[overflow-wrap:anywhere] whitespace-pre-wrap', className)}>
      {visible(text).map((segment, index) => (
        <Piece key={index} segment={segment} />
      ))}
    </Tag>
  )
}

function Piece({ segment }: { segment: Segment }) {
  switch (segment.kind) {
    case 'text':
      return segment.text
        .split(MASKED)
        .map((part, index) =>
          index % 2 ? <Secret key={index} text={part} /> : <Fragment key={index}>{part}</Fragment>,
        )
    case 'hidden':
      return (
        <span
          title={`${segment.code} ${segment.name}: a character that can’t be seen`}
          className="numeric mx-px rounded-sm bg-medium-wash px-1 text-medium"
        >
          {segment.code}
          <span className="sr-only"> {segment.name}</span>
        </span>
      )
    case 'link':
      return (
        <>
          <a
            href={segment.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="link"
            title={`Goes to ${segment.host}`}
          >
            {segment.text}
          </a>
          {segment.suspicious ? (
            <span className="ml-1 rounded-sm bg-critical-wash px-1 text-xs text-critical">
              {segment.suspicious}
            </span>
          ) : null}
        </>
      )
  }
}

function Secret({ text }: { text: string }) {
  return (
    <span
      title="A secret was masked here before anything was stored. Its keyed fingerprint is kept."
      className="numeric rounded-sm border border-critical bg-critical-wash px-1 text-critical"
    >
      {text.slice(9, -1)}
    </span>
  )
}
