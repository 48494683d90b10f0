import { z } from 'zod'
import type { CommandTable } from '../act/spec'
import { text } from '../act/text'

export const correctionCommands = {
  correctEntry: {
    summary: 'Correct an entry of the case’s record; it stays as it was, and shows the correction beside it',
    doors: 'desk',
    input: z.strictObject({
      seq: z.int().min(0).max(1_000_000_000),
      correction: text(4_000),
      reason: text(2_000).nullable().default(null),
    }),
  },
} as const satisfies CommandTable
