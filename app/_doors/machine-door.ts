import { refuse } from '@/lib/act/refusal'
import { type Asked, type Door, door } from './door'

/** A route for executors: anybody else learns that it is not for them. */
export function executorDoor(work: (asked: Asked) => Promise<unknown>): Door {
  return door((asked) => {
    const { actor } = asked
    if (actor.kind === 'nhi' && actor.roles.includes('executor')) return work(asked)
    return Promise.resolve(
      refuse(
        'forbidden',
        'This address is for executors.',
        'People start an execution; an executor carries it out.',
      ),
    )
  })
}
