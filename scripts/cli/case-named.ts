import { within } from '../../db/within'
import type { Installation } from './installation'

/** By number as people say it, or by id as links do. */
export async function caseNamed({ deps, org }: Installation, name: string): Promise<string> {
  const number = /^#?(\d{1,9})$/.exec(name)?.[1]
  const [found] = await within(deps.sql, org, (tx) =>
    number
      ? tx<{ id: string }[]>`select id from case_file where org = ${org} and number = ${Number(number)}`
      : tx<{ id: string }[]>`select id from case_file where org = ${org} and id = ${name}`,
  )
  if (!found) throw new Error(`There is no case ${name}.`)
  return found.id
}
