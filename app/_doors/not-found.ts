import { type Refusal, refuse } from '@/lib/act/refusal'

/** The same words whether it doesn't exist or belongs to somebody else: the difference is nobody's business (C16). */
export function notFound(): Refusal {
  return refuse('not_found', 'There is no such thing, or it is not yours to see.', 'Check the link.')
}

/** An address of the API that there is not. */
export function nowhere(): Refusal {
  return refuse(
    'not_found',
    'There is no such address.',
    'See /api/v1/openapi.json for those that there are.',
  )
}
