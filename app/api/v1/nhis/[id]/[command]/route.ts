import { act } from '@/app/_doors/act'
import { door } from '@/app/_doors/door'

/** Any command on a non-human identity. */
export const POST = door((asked) => act(asked, 'nhi', asked.params.id ?? '', asked.params.command ?? ''))
