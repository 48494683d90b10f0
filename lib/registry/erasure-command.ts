import { z } from 'zod'
import type { CommandTable } from '../act/spec'
import { holdId, ruleId, text } from '../act/text'
import { CATEGORIES } from '../case/event'
import { RETAINABLE } from './erasure-event'

const reason = text(2_000)
export const retentionInput = z.strictObject({
  /** Days after the case was closed. */
  days: z.int().min(1, 'at least 1 day').max(36_500),
  what: z
    .array(z.enum(RETAINABLE))
    .min(1, 'names nothing')
    .max(RETAINABLE.length)
    .refine((list) => new Set(list).size === list.length, 'names a kind twice'),
  except: z.array(z.enum(CATEGORIES)).max(CATEGORIES.length).default([]),
})

/** What concerns the organisation as a whole of erasing, and of keeping from it. */
export const organisationErasureCommands = {
  holdOrganisation: {
    summary: 'Place a legal hold on the whole organisation',
    doors: 'desk',
    input: z.strictObject({ reason }),
  },
  releaseOrganisation: {
    summary: "Lift the organisation's legal hold",
    doors: 'desk',
    input: z.strictObject({ hold: holdId, reason }),
  },
  proposeRetention: {
    summary: 'Propose for how long text and evidence of closed cases are kept',
    doors: 'desk',
    input: retentionInput,
  },
  agreeRetention: {
    summary: 'Agree to a retention rule, which puts it in force',
    doors: 'desk',
    input: z.strictObject({ rule: ruleId }),
  },
  refuseRetention: {
    summary: 'Refuse a retention rule, or take it back',
    doors: 'desk',
    input: z.strictObject({ rule: ruleId, reason }),
  },
  stopRetention: {
    summary: 'Stop erasing by rule',
    doors: 'desk',
    input: z.strictObject({ rule: ruleId, reason }),
  },
} as const satisfies CommandTable
