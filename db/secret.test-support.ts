/** Roles belong to the whole test cluster, so their passwords are derived from one secret by everybody who uses it. */
export const SECRET = 'a secret of this test run, long enough'
