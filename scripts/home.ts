/** The checkout's folder: what a program needs that isn't in its bundle (policies, migrations) lies there. */
export function home(): string {
  return process.env.ON_RECORD_HOME ?? process.cwd()
}
