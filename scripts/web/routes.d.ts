/** Made by the build from the folders of `app/api`: see scripts/build/routes.mjs. */
declare module 'on-record:routes' {
  export const routes: readonly import('./api').Route[]
}
