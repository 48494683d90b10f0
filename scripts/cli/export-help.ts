export const HELP = `on-record export --case <id or number> --out <path> [--purpose <text>] [--json]
on-record export --from <day> [--to <day>] --out <path>
on-record export --history <filter> --out <path>
on-record export --all --out <path>
on-record export --sample --out <path>

Writes a bundle (onrecord-bundle/v1) that anybody can check: as a zip when the path ends with .zip, else as a folder. The export
itself goes on record, and is the last event in the bundle. Progress is told on the error output.

  --case <id or number>   one case, e.g. 1007
  --from <day> --to <day> whatever happened from the first day up to and including the last (UTC), each case whole
  --history <filter>      every case in which something is on record that fits, each whole: names and values as in the address of the
                          page History, e.g. 'actor=usr_ada&type=approval.&from=2026-04-01'. Days are UTC
  --all                   the whole record
  --sample                the closed case of the sample organisation
  --out <path>            where to; nothing is overwritten
  --purpose <text>        what for; it becomes part of the record
  --json                  print {"scope", "out", "files", "bytes", ...}
  --help                  this text
`
