import { describe, expect, it } from 'vitest'
import { readable } from './readable'

describe('an address', () => {
  it.each(['/', '/cases/a%20b?q=%ff', '/cases/%F0%9F%98%80', '/inbox?back=%'])(
    '%s is left as it is',
    (url) => {
      expect(readable(url)).toBe(url)
    },
  )

  it.each([
    ['/cases/%ff', '/cases/%25ff'],
    ['/%', '/%25'],
    ['*', '/*'],
    ['http://', '/*'],
    ['mailto:ada', '/*'],
    ['http://elsewhere.example/cases/x?q=1', '/cases/x?q=1'],
    ['/a%20b/%c0%ae/x?q=%20', '/a%2520b/%25c0%25ae/x?q=%20'],
  ])('%s is taken as %s, and names nobody else’s host', (url, taken) => {
    expect(readable(url)).toBe(taken)
    expect(() => decodeURIComponent(taken)).not.toThrow()
  })
})
