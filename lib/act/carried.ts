import { sha256Hex } from '../record/digest'

/** A small file that a command's events name by its digest: it is kept with them, in one transaction, or not at all. */
export type Carried = {
  /** Of the content, hexadecimal. */
  readonly sha256: string
  readonly content: Uint8Array
}

export function carried(content: Uint8Array): Carried {
  return { sha256: sha256Hex(content), content }
}
