// What may import what, and why. docs/architecture.md shows the picture.
// Test support may reach further than the code that it tests: it is left out here, and not even read.
const TESTS = '[.](test|test-support|fixture)[.]tsx?$|^lib/record/testing/'

/** A rule without exceptions: from these files, these are out of reach. */
const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: TESTS, ...from },
  to,
})

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    never(
      'nobody-imports-app',
      'Doors are where requests come in, through the web server. What two doors share, and what a job needs too, belongs below them.',
      { pathNot: `^(app/|proxy[.]ts$|scripts/web/)|${TESTS}` },
      { path: '^app/' },
    ),
    never(
      'components-know-lib-alone',
      'The desk is a client of the public API: it shows what that answers, and reaches no database.',
      { path: '^components/' },
      { path: '^(app|db|scripts|policies)/' },
    ),
    never(
      'db-knows-lib-and-policies',
      'The database keeps what the rules decided; it serves every door and depends on none.',
      { path: '^db/' },
      { path: '^(app|components|scripts|bench|e2e)/' },
    ),
    never(
      'lib-knows-itself',
      'The rules run anywhere: in the app, the worker, a test, the offline verifier. The risk table is data of theirs.',
      { path: '^lib/' },
      { path: '^(app|components|db|scripts|bench|e2e|policies)/', pathNot: '^policies/risk-tiers[.]json$' },
    ),
    never(
      'lib-has-few-packages',
      'Each package in the rules is one that everybody has to trust. Chat and connectors speak protocols; policy has its engine; keys are JWTs.',
      { path: '^lib/', pathNot: `^lib/(chat|connect|policy|action|nhi|act)/|${TESTS}` },
      { dependencyTypes: ['npm'], pathNot: 'node_modules/zod/' },
    ),
    never(
      'the-engine-has-one-user',
      'Whoever asks the policy engine directly gets around the guard against rules that fail.',
      { pathNot: `^lib/policy/engine[.]ts$|${TESTS}` },
      { path: 'node_modules/@cedar-policy/' },
    ),
    never(
      'record-runs-no-other-part',
      'An auditor takes lib/record away as one file: it must not need the rest.',
      { path: '^lib/record/' },
      { path: '^lib/(?!record/)' },
    ),
    never(
      'record-has-no-packages',
      'The offline verifier has no dependencies.',
      { path: '^(lib/record|scripts/verify)/' },
      { dependencyTypes: ['npm'] },
    ),
    never(
      'rules-do-not-act',
      'Chat and connectors reach outside. Only doors and jobs may use them: a rule that did would decide on what it saw there.',
      { path: '^lib/(case|action|nhi|registry|workflow|policy|act|identity)/' },
      { path: '^lib/(chat|connect)/' },
    ),
    never(
      'rules-have-no-clock-disk-or-network',
      'Time, chance and content come in as arguments, so that the same history always folds to the same state.',
      { path: '^lib/', pathNot: `^lib/(chat|connect)/|${TESTS}` },
      {
        path: '^(node:)?(fs|fs/promises|net|http|https|child_process|timers|timers/promises|os|dns|worker_threads)$',
      },
    ),
    never(
      'only-db-opens-connections',
      'Row-level security and the roles live in db/; a connection from elsewhere would get around them. Connectors speak to target systems, and the launcher to its own server.',
      { pathNot: `^(db|lib/connect/postgres|scripts/(postgres|sample-target)|bench)/|${TESTS}` },
      { path: 'node_modules/(postgres|pg)/' },
    ),
    never(
      'only-db-builds-queries',
      'No page or route queries tables directly: each asks a function of db/ whose first argument says who looks.',
      { pathNot: `^(db/|drizzle[.]config[.]ts$)|${TESTS}` },
      { path: 'node_modules/drizzle-orm/' },
    ),
    never(
      'pages-do-not-query',
      'Pages show what the API answers; its doors alone put questions to the database.',
      { path: '^app/[(]', pathNot: TESTS },
      { path: '^db/' },
    ),
    never(
      'sign-in-has-one-door',
      'next-auth is in maintenance: one door knows it, so that it can be replaced.',
      { pathNot: `^app/(_doors|api/auth)/|${TESTS}` },
      { path: 'node_modules/next-auth/' },
    ),
    never(
      'no-development-packages',
      'What runs in production is among the dependencies.',
      { path: '^(app|components|lib|db)/', pathNot: TESTS },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    never(
      'nothing-missing',
      'An import that leads nowhere. The build makes the table of routes.',
      {},
      { couldNotResolve: true, pathNot: '^on-record:routes$' },
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '[.]mjs$', TESTS] },
    exclude: { path: ['^[.]next/', '^dist/', '^docs/'] },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
