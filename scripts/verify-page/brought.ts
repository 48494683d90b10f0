import { parseCheckpoint } from '../../lib/record/checkpoint'
import { orNull } from '../../lib/record/malformed'
import { parseNote } from '../../lib/record/note'

/** What an auditor can bring along beside the bundle. */
export type Kind = 'policy' | 'checkpoints' | 'allowedSigners'

/** What a text file is, told by what it says and not by its name; null where it is none of these. */
export function kindOf(text: string): Kind | null {
  if (/^log \S+\+[0-9a-f]{8}\+\S+$/m.test(text)) return 'policy'
  if (notes(text).some(isCheckpoint)) return 'checkpoints'
  return /(^|\s)ssh-ed25519 AAAA\S+/m.test(text) ? 'allowedSigners' : null
}

function isCheckpoint(note: string): boolean {
  return orNull(() => parseCheckpoint(parseNote(note).text)) !== null
}

/** Signed notes, one pasted after the other: each ends with its last signature line. */
export function notes(text: string): string[] {
  const found: string[] = []
  let lines: string[] = []
  const finish = () => {
    if (lines.some((line) => line.trim() !== '')) found.push(`${lines.join('\n').trim()}\n`)
    lines = []
  }
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const isAfterSignature = isSignature(lines.findLast((before) => before.trim() !== ''))
    if (isAfterSignature && !isSignature(line) && line.trim() !== '') finish()
    lines.push(line)
  }
  finish()
  return found
}

function isSignature(line: string | undefined): boolean {
  return line?.startsWith('\u2014 ') ?? false
}
