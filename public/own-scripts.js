// No string becomes markup, code or the address of a script (Trusted Types), but for one kind: the addresses of our own built
// files, which the bundler's loader sets as plain strings. Anything else throws, whoever tries.
window.trustedTypes?.createPolicy('default', {
  createScriptURL: (address) => {
    const { origin, pathname } = new URL(address, window.location.href)
    return origin === window.location.origin && pathname.startsWith('/_next/static/') ? address : null
  },
})
