import type { VerifyOptions } from '../../lib/record/verify'
import { type Kind, kindOf, notes } from './brought'
import { byId } from './dom'

const FIELDS: Record<Kind, string> = {
  policy: 'own-policy',
  checkpoints: 'own-checkpoints',
  allowedSigners: 'own-signers',
}

const NAMES: Record<Kind, string> = {
  policy: 'your policy',
  checkpoints: 'a kept checkpoint',
  allowedSigners: 'your allowed signers',
}

/** What the auditor brings along: pasted into fields, chosen as files, or dropped on the page. */
export type Own = {
  readonly options: () => VerifyOptions
  /** Takes a text file; answers with a sentence about what became of it. */
  readonly take: (file: File) => Promise<string>
}

const LARGEST = 1024 * 1024

export function ownThings(onChange: () => void): Own {
  for (const id of Object.values(FIELDS)) field(id).addEventListener('input', changed)
  for (const kind of Object.keys(FIELDS) as Kind[]) {
    const chooser = byId(`${FIELDS[kind]}-file`) as HTMLInputElement
    chooser.addEventListener('change', async () => {
      for (const file of chooser.files ?? []) put(kind, await file.text())
      chooser.value = ''
    })
  }

  function changed(): void {
    const { policy, checkpoints = [], allowedSigners } = options()
    const given = [
      policy && 'a policy',
      checkpoints.length > 0 && count(checkpoints.length, 'kept checkpoint'),
      allowedSigners && 'allowed signers',
    ].filter(Boolean)
    byId('own-given').textContent = given.length > 0 ? given.join(', ') : 'nothing given'
    onChange()
  }

  function put(kind: Kind, text: string): void {
    const target = field(FIELDS[kind])
    const before = target.value.trimEnd()
    target.value = kind === 'checkpoints' && before !== '' ? `${before}\n\n${text}` : text
    changed()
  }

  async function take(file: File): Promise<string> {
    if (file.size > LARGEST) return `${file.name} is too large to be a policy or a checkpoint.`
    const text = await file.text()
    const kind = kindOf(text)
    if (kind === null)
      return `${file.name} is neither a bundle (.zip) nor a policy, a checkpoint or a list of signers.`
    put(kind, text)
    ;(byId('own') as HTMLDetailsElement).open = true
    return `${file.name} is taken as ${NAMES[kind]}.`
  }

  return { options, take }
}

function options(): VerifyOptions {
  const text = (kind: Kind) => field(FIELDS[kind]).value
  const given = (kind: Kind) => (text(kind).trim() === '' ? undefined : `${text(kind).trimEnd()}\n`)
  return {
    policy: given('policy'),
    checkpoints: notes(text('checkpoints')),
    allowedSigners: given('allowedSigners'),
  }
}

function field(id: string): HTMLTextAreaElement {
  return byId(id) as HTMLTextAreaElement
}

export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`
}
