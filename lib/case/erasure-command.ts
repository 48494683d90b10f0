import { z } from 'zod'
import type { CommandTable } from '../act/spec'
import { erasureId, holdId, ruleId, text } from '../act/text'

const reason = text(2_000)
const seqs = (most: number) =>
  z
    .array(z.int().min(0).max(1_000_000_000))
    .min(1)
    .max(most)
    .refine((list) => new Set(list).size === list.length, 'names an event twice')

export const erasureCommands = {
  requestErasure: {
    summary: 'Ask that what events say be erased',
    doors: 'desk',
    input: z.strictObject({ seqs: seqs(50), reason }),
  },
  agreeErasure: {
    summary: 'Agree to an erasure, which carries it out',
    doors: 'desk',
    input: z.strictObject({ erasure: erasureId }),
  },
  refuseErasure: {
    summary: 'Refuse an erasure, or take it back',
    doors: 'desk',
    input: z.strictObject({ erasure: erasureId, reason }),
  },
  eraseByRule: {
    summary: 'Erase what the retention rule no longer keeps',
    doors: 'internal',
    input: z.strictObject({ rule: ruleId, seqs: seqs(200) }),
  },
  recordRemoval: {
    summary: 'Record that the files of erased evidence are gone',
    doors: 'internal',
    input: z.strictObject({ removed: z.int().min(0), shared: z.int().min(0) }),
  },
  placeHold: { summary: 'Place a legal hold', doors: 'desk', input: z.strictObject({ reason }) },
  liftHold: { summary: 'Lift a legal hold', doors: 'desk', input: z.strictObject({ hold: holdId, reason }) },
} as const satisfies CommandTable
