/** Where what floats is put: inside the page's main landmark, so that everything on the page lies in one. */
export function inMain(): HTMLElement | null {
  return typeof document === 'undefined' ? null : document.getElementById('main')
}
