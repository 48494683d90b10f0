import { setFlagsFromString } from 'node:v8'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'

// The V8 of Node 20 and 22 ends the whole process when it has to take back code into which it had inlined a call of this engine, while the
// engine is at work (`DoComputeBuiltinContinuation`, "unreachable code"): once in some ten thousand decisions. So it mustn't inline them.
setFlagsFromString('--no-turbo-inline-js-wasm-calls')

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
