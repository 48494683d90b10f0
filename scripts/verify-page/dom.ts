import { visibleText } from '../../lib/chat/visible'

type Attributes = { readonly [name: string]: string | boolean | number | undefined }
export type Child = Node | string | null | false

const SVG = 'http://www.w3.org/2000/svg'

/**
 * An element of the page. Every text comes in here, and becomes a text node with its hidden characters named: nothing that a
 * bundle says is ever read as HTML, and none of it can reorder or hide what stands beside it.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children)
}

/** The same for a drawing. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(SVG, tag), attributes, children)
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    element.setAttribute(name, value === true ? '' : visibleText(String(value)))
  }
  for (const child of children) {
    if (child === null || child === false) continue
    element.append(typeof child === 'string' ? visibleText(child) : child)
  }
  return element
}

/** The element of the page's own frame with this id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The page has no ${id}.`)
  return found
}

export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', class: 'button', ...attributes }, label)
  made.addEventListener('click', onClick)
  return made
}
