import type { Json } from './workspace'

type Block = {
  type?: string
  block_id?: string
  text?: Text
  fields?: Text[]
  elements?: Element[]
  label?: Text
  element?: Element
}
type Text = { type?: string; text?: string }
type Element = Text & {
  text?: unknown
  value?: string
  url?: string
  action_id?: string
  initial_value?: string
  options?: { text?: Text; value?: string }[]
}

/** Slack's limits, which the emulator does not keep. The answer is Slack's error code, or null. */
export function messageError(body: Json): string | null {
  if (String(body.text ?? '').length > 40_000) return 'msg_too_long'
  const blocks = listOf(body.blocks)
  if (blocks === null || blocks.length > 50) return 'invalid_blocks'
  return blocks.every(isBlock) ? null : 'invalid_blocks'
}

export function viewError(view: Json | null): string | null {
  if (view === null) return 'invalid_arguments'
  const texts = [view.title, view.submit, view.close] as (Text | undefined)[]
  if (!(view.title as Text | undefined)?.text || texts.some((text) => lengthOf(text) > 24))
    return 'invalid_arguments'
  if (String(view.private_metadata ?? '').length > 3_000 || String(view.callback_id ?? '').length > 255)
    return 'invalid_arguments'
  const blocks = listOf(view.blocks)
  if (blocks === null || blocks.length > 100 || !blocks.every(isBlock)) return 'invalid_arguments'
  const ids = blocks.map(({ block_id }) => block_id).filter(Boolean)
  return new Set(ids).size === ids.length ? null : 'invalid_arguments'
}

function listOf(value: unknown): Block[] | null {
  if (value === undefined || value === null || value === '') return []
  try {
    const list: unknown = typeof value === 'string' ? JSON.parse(value) : value
    return Array.isArray(list) ? list : null
  } catch {
    return null
  }
}

function lengthOf(text: Text | undefined): number {
  return text?.text?.length ?? 0
}

function isBlock(block: Block): boolean {
  switch (block.type) {
    case 'section':
      return (
        lengthOf(block.text) >= 1 &&
        lengthOf(block.text) <= 3_000 &&
        (block.fields ?? []).every((field) => lengthOf(field) <= 2_000)
      )
    case 'header':
      return lengthOf(block.text) >= 1 && lengthOf(block.text) <= 150
    case 'context':
      return (
        within(block.elements, 10) &&
        (block.elements ?? []).every(
          (element) => lengthOf(element as Text) >= 1 && lengthOf(element as Text) <= 2_000,
        )
      )
    case 'actions':
      return (
        within(block.elements, 25) &&
        (block.elements ?? []).every(isElement) &&
        distinct(block.elements ?? [])
      )
    case 'input':
      return lengthOf(block.label) >= 1 && lengthOf(block.label) <= 2_000 && isElement(block.element ?? {})
    case 'divider':
      return true
    default:
      return false
  }
}

function within(elements: Element[] | undefined, most: number): boolean {
  return elements !== undefined && elements.length >= 1 && elements.length <= most
}

function distinct(elements: Element[]): boolean {
  return new Set(elements.map(({ action_id }) => action_id)).size === elements.length
}

function isElement(element: Element): boolean {
  const label = element.type === 'button' ? lengthOf(element.text as Text) : 0
  const options = element.options ?? []
  return (
    label <= 75 &&
    (element.type !== 'button' || label > 0) &&
    (element.value?.length ?? 0) <= 2_000 &&
    (element.url?.length ?? 0) <= 3_000 &&
    (element.initial_value?.length ?? 0) <= 3_000 &&
    options.length <= (element.type === 'radio_buttons' ? 10 : 100) &&
    options.every(
      (option) =>
        lengthOf(option.text) >= 1 && lengthOf(option.text) <= 75 && (option.value?.length ?? 0) <= 150,
    )
  )
}
