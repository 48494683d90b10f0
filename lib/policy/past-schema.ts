import type { Engine, EngineCall, EngineEntity } from './engine'

type Attributes = Record<string, unknown>
/** The part of a schema in Cedar's JSON that says which names a record has. */
type Type = {
  readonly type?: string
  readonly name?: string
  readonly attributes?: Readonly<Record<string, Type>>
}
type Namespace = {
  readonly entityTypes?: Readonly<Record<string, { readonly shape?: Type }>>
  readonly commonTypes?: Readonly<Record<string, Type>>
  readonly actions?: Readonly<Record<string, { readonly appliesTo?: { readonly context?: Type } }>>
}

/**
 * For a policy set of another time: leaves out of a question what its schema has no name for. Such a set can't have looked at it,
 * and the engine would take no question that says more than the schema.
 */
export function knownTo(engine: Engine, schema: string): (call: EngineCall) => EngineCall {
  const answer = engine.schemaToJson(schema)
  const { entityTypes, commonTypes, actions } = (
    answer.type === 'success' ? answer.json[''] : {}
  ) as Namespace
  const resolved = (type: Type | undefined): Type | undefined =>
    type?.attributes ? type : commonTypes?.[type?.name ?? type?.type ?? '']
  const fitted = (value: Attributes, type: Type | undefined): Attributes => {
    const known = resolved(type)?.attributes
    if (!known) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, field]) =>
        known[name] ? [[name, isRecord(field) ? fitted(field, known[name]) : field]] : [],
      ),
    )
  }
  const entity = ({ uid, attrs, ...rest }: EngineEntity): EngineEntity => {
    const shape = entityTypes?.[nameOf(uid).type]?.shape
    return { ...rest, uid, attrs: fitted(attrs, shape) as EngineEntity['attrs'] }
  }
  return (call) => ({
    ...call,
    context: fitted(
      call.context,
      actions?.[nameOf(call.action).id]?.appliesTo?.context,
    ) as EngineCall['context'],
    entities: Array.isArray(call.entities) ? call.entities.map(entity) : call.entities,
  })
}

function nameOf(uid: EngineEntity['uid']): { readonly type: string; readonly id: string } {
  return '__entity' in uid ? uid.__entity : uid
}

function isRecord(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
