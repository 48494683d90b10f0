import type { z } from 'zod'

/** Which stream a command speaks to. */
export type StreamKind = 'case' | 'nhi' | 'registry'

/** Who may use a command at all over the API; what a person may do is policy's, not this table's. */
export type Doors = 'desk' | 'machine' | 'internal'

/** A row of the command table: from it come the parser, the API's routes, its OpenAPI document and the palette. */
export type CommandSpec<Schema extends z.ZodType = z.ZodType> = {
  readonly summary: string
  readonly input: Schema
  /** `internal` commands have no route: the worker, the sequencer and the doors of chat use them. */
  readonly doors: Doors
  /** True for a command that starts its stream. */
  readonly creates?: boolean
}

export type CommandTable = Readonly<Record<string, CommandSpec>>

/** The discriminated union `{ command, input }` of a table. */
export type CommandOf<Table extends CommandTable> = {
  [Name in keyof Table & string]: { readonly command: Name; readonly input: z.output<Table[Name]['input']> }
}[keyof Table & string]
