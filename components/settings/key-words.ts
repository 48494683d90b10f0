export type Purpose = {
  /** As the API names it. */
  readonly use: string
  readonly title: string
  /** What it is for, where others find its public half, and how it is replaced. */
  readonly says: string
  readonly rotates: boolean
}

export const PURPOSES: readonly Purpose[] = [
  {
    use: 'log',
    title: 'The log’s key',
    says: 'Signs checkpoints. Held by the sequencer alone; published on the record. Auditors and witnesses know it by the line below: tell them the new one during the overlap, in which checkpoints carry both signatures.',
    rotates: true,
  },
  {
    use: 'witness',
    title: 'Witnesses’ keys',
    says: 'Cosign checkpoints. Each belongs to the team that runs the witness, which replaces it; enter the new one beside the old.',
    rotates: false,
  },
  {
    use: 'export',
    title: 'Export keys',
    says: 'Sign bundles, for ssh-keygen to verify. Published on the record. Bundles of before a key’s retirement verify as ever.',
    rotates: true,
  },
  {
    use: 'warrant',
    title: 'Warrant keys',
    says: 'Sign what lets an executor act once. Published on the record and at /.well-known/jwks.json, two minutes before they sign.',
    rotates: true,
  },
  {
    use: 'token',
    title: 'Access-token keys',
    says: 'Sign the tokens of machines, which nobody but On Record reads. Published on the record.',
    rotates: true,
  },
  {
    use: 'fingerprint',
    title: 'The fingerprint key',
    says: 'Finds the identity that a leaked secret belongs to. A shared secret, shown by a digest. It is not rotated: the secrets behind the kept fingerprints are not kept, so with another key every credential would have to be registered anew.',
    rotates: false,
  },
  {
    use: 'mac',
    title: 'The key of chat buttons',
    says: 'Seals what buttons and links in chat carry. A shared secret, shown by a digest. It is replaced by removing its file and starting again.',
    rotates: false,
  },
]
