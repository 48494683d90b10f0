import type { Readable } from 'node:stream'
import { exportCase } from '@/db/export/export-case'
import { asZip } from '@/db/export/write'
import { isRefusal, type Refusal } from '@/lib/act/refusal'
import type { Asked } from './door'

const SOFTWARE = 'On Record 0.1.0'

/** The one place where doors meet the builder of bundles. */
export async function exportBundle(
  { doors, actor }: Pick<Asked, 'doors' | 'actor'>,
  id: string,
  purpose: string,
  key: string,
): Promise<Readable | Refusal> {
  const { reader, sql, content, origin } = doors
  const signing = { signer: await doors.keys.export(), principal: new URL(origin).host }
  const files = await exportCase(doors, { reader, sql, content, software: SOFTWARE }, signing, actor, {
    case: id,
    purpose,
    key,
  })
  return isRefusal(files) ? files : asZip(files)
}
