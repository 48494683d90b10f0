import { act } from '@/app/_doors/act'
import { door } from '@/app/_doors/door'
import { REGISTRY } from '@/app/_doors/registry'

/** Any command on the organisation: its members, chat and connectors. */
export const POST = door((asked) => act(asked, 'registry', REGISTRY, asked.params.command ?? ''))
