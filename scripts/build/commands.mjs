/** Every command: what it is for, the bundle in dist/ that does it, and whether it needs the web application built. */
export const commands = {
  start: {
    program: 'start',
    needs: { web: true },
    summary: 'install, build and migrate what is missing, then run On Record',
  },
  verify: { program: 'verify', needs: { web: false }, summary: 'check an exported bundle, offline' },
  witness: {
    program: 'witness',
    needs: { web: false },
    summary: "run a witness of another team's log",
  },
  export: {
    program: 'cli',
    needs: { web: false },
    summary: 'export a case, a period or everything as a bundle that anybody can check',
  },
  replay: {
    program: 'cli',
    needs: { web: false },
    summary: 'show a case as it was, who could do what, and whether policy would decide the same again',
  },
  rebuild: {
    program: 'cli',
    needs: { web: false },
    summary: 'fold the record into the read tables and report differences',
  },
  migrate: { program: 'cli', needs: { web: false }, summary: 'bring the database to this version' },
  'new-origin': {
    program: 'cli',
    needs: { web: false },
    summary: 'start the log anew after a restore that lost events',
  },
  keys: {
    program: 'cli',
    needs: { web: false },
    summary: 'show the public keys of this installation, and rotate them',
  },
}

/** @returns {string} */
export function usage() {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  return `on-record <command> [options]\n\n${lines.join('\n')}\n  help        this text\n\nEach command explains itself with --help. Exit codes: 0 done, 1 failed, 2 wrong usage.\n`
}
