import { setFlagsFromString } from 'node:v8'
import { runInThisContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { engine } from './engine'

/** V8's own words for what it does by itself to a function that is called often. */
function natives() {
  setFlagsFromString('--allow-natives-syntax')
  const native = (name: string): ((f: unknown) => void) => runInThisContext(`(f) => %${name}(f)`)
  return {
    prepare: native('PrepareFunctionForOptimization'),
    optimise: native('OptimizeFunctionOnNextCall'),
    takeBack: native('DeoptimizeFunction'),
  }
}

describe('the policy engine', () => {
  it('outlives that its own optimised code is taken back while it answers', () => {
    const { validate } = engine
    const { prepare, optimise, takeBack } = natives()
    const ask = (meanwhile: () => void) =>
      validate({
        get schema() {
          meanwhile()
          return 'entity Person; action read appliesTo { principal: Person, resource: Person };'
        },
        policies: { staticPolicies: {} },
        validationSettings: { mode: 'strict' },
      })
    prepare(validate)
    for (let count = 0; count < 50; count++) ask(() => undefined)
    optimise(validate)
    ask(() => undefined)
    // Without the flag, this is the end of the process.
    expect(ask(() => takeBack(validate))).toMatchObject({ type: 'success' })
  })
})
