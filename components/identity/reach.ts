import type { NhiFile } from '@/lib/act/view/nhi'

export type Reached = {
  name: string
  kind: 'credential' | 'system' | 'data' | 'case'
  note: string
  href?: string
  bad?: boolean
}

/** What somebody who holds this identity gets at, and how they could come to hold it. */
export function blast(file: NhiFile): { ways: Reached[]; reached: Reached[] } {
  const ways: Reached[] = file.credentials
    .filter((one) => !one.retired)
    .map((one) => ({
      name: one.label,
      kind: 'credential',
      note: `${one.kind}, fingerprint ${one.fingerprint.slice(0, 8)}`,
    }))
  const out: Reached[] = file.cases
    .filter((one) => one.exposed)
    .map((one) => ({
      name: `Case ${one.number}`,
      kind: 'case',
      note: one.title,
      href: `/cases/${one.id}`,
      bad: true,
    }))
  const parts = file.profile.reach
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter(Boolean)
  const system: Reached = {
    name: `${file.system}, ${file.environment}`,
    kind: 'system',
    note: `${file.privilege} as ${file.account}`,
  }
  return {
    ways: [...out, ...ways],
    reached: [system, ...parts.map((name): Reached => ({ name, kind: 'data', note: file.privilege }))],
  }
}
