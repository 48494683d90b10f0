import * as cedar from '@cedar-policy/cedar-wasm/nodejs'

/** The part of Cedar's API that is used here; the only file that names the package. */
export type Engine = Pick<
  typeof cedar,
  | 'policySetTextToParts'
  | 'policyToJson'
  | 'schemaToJson'
  | 'validate'
  | 'preparseSchema'
  | 'preparsePolicySet'
  | 'statefulIsAuthorized'
>
export type EngineCall = cedar.StatefulAuthorizationCall
export type EngineEntity = cedar.EntityJson

export const engine: Engine = cedar
