import { act } from '@/app/_doors/act'
import { door } from '@/app/_doors/door'

/** Any command on a case: the address names it, the body is its input. */
export const POST = door((asked) => act(asked, 'case', asked.params.id ?? '', asked.params.command ?? ''))
