import { describe, expect, it } from 'vitest'
import { given } from '../act/given.fixture'
import { offersFor } from '../act/offers.fixture'
import { ada, bruno, chiara, esther, farid, hugo, type people } from '../act/people.fixture'
import { PLANNED } from '../act/story.fixture'

const offered = (who: (typeof people)[number]) =>
  offersFor(given(...PLANNED).world, who).find(({ command }) => command === 'invokeBreakGlass')

describe('C20: the way round the approvals', () => {
  it('is shown to analysts, who still need their passkey', () => {
    for (const who of [ada, bruno]) expect(offered(who)?.code, who.id).toBe('assurance_required')
  })

  it('is shown to nobody whom policy would refuse after they had signed', () => {
    for (const who of [chiara, farid, hugo, esther]) expect(offered(who)?.code, who.id).toBe('forbidden')
  })
})
