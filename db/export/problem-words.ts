type Words = { readonly sentence: string; readonly remedy: string }

const WORDS: Readonly<Record<string, Words>> = {
  not_sealed: {
    sentence: 'The log did not seal the export’s event within two minutes.',
    remedy: 'See whether the sequencer runs, then retry: nothing is lost.',
  },
  no_space: {
    sentence: 'There is no room left on the disk of the data folder.',
    remedy: 'Make room, for example by deleting older files here, then retry.',
  },
  content_missing: {
    sentence: 'A piece of evidence that the record names is not in the data folder.',
    remedy: 'Bring it back from a backup, then retry. An export without it would not verify.',
  },
  selection_lost: {
    sentence: 'The list of cases is not the one that is on record.',
    remedy: 'Export them again.',
  },
  erased: {
    sentence: 'Something in it has been erased since it was asked for.',
    remedy: 'Ask for a new export: it says what is missing, and why.',
  },
  interrupted: {
    sentence: 'Whatever wrote it was stopped in the middle, five times.',
    remedy: 'Look at the worker’s log, then retry.',
  },
}

/** Why an export failed, and what would help. */
export function problemWords(problem: string): Words {
  return (
    WORDS[problem] ?? {
      sentence: 'Something went wrong while the file was written.',
      remedy: 'Retry. If it stays, the worker’s log says where.',
    }
  )
}
