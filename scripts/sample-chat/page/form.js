import { drawBlock, element } from './message.js'

let drawn = null

/** The form that On Record opened. It is drawn once; refreshing does not touch what was typed. */
export function openForm(dialog, form, act) {
  const key = form ? `${form.id} ${form.hash}` : null
  if (key === drawn) return
  drawn = key
  if (!form) {
    dialog.close()
    return
  }
  dialog.replaceChildren(draw(form, act))
  dialog.oncancel = (event) => {
    event.preventDefault()
    act('dismiss', { view: form.id })
  }
  if (!dialog.open) dialog.showModal()
}

function draw(form, act) {
  const fields = form.blocks.map(drawField)
  const close = element('button', { type: 'button', className: 'quiet' }, form.close?.text ?? 'Cancel')
  close.addEventListener('click', () => act('dismiss', { view: form.id }))
  const submit = element('button', { type: 'submit', className: 'primary' }, form.submit?.text ?? 'Submit')
  const made = element(
    'form',
    { noValidate: true },
    element('h2', { id: 'form-title' }, form.title?.text ?? ''),
    ...fields,
    element('p', { className: 'foot' }, close, submit),
  )
  made.addEventListener('submit', async (event) => {
    event.preventDefault()
    const missing = Object.fromEntries(
      form.blocks
        .filter((block) => block.type === 'input' && !block.optional && !isFilled(block, made))
        .map((block) => [block.block_id, 'This is needed.']),
    )
    if (show(made, missing)) return
    submit.disabled = true
    const said = await act('submit', { view: form.id, values: valuesOf(form.blocks, made) })
    submit.disabled = false
    const failed =
      said.done && !said.done.ok
        ? {
            [form.blocks.find(({ type }) => type === 'input')?.block_id]:
              `We had some trouble connecting (${said.done.status || 'no answer in time'}). Try again.`,
          }
        : {}
    show(made, said.done?.json?.response_action === 'errors' ? said.done.json.errors : failed)
  })
  return made
}

function drawField(block) {
  if (block.type !== 'input') return drawBlock(block, () => {})
  const id = `field-${block.block_id}`
  const error = element('p', { className: 'error', id: `${id}-error`, hidden: true })
  const label = `${block.label.text}${block.optional ? ' (optional)' : ''}`
  if (block.element.type === 'radio_buttons') return radios(block, id, label, error)
  const control = block.element.type === 'static_select' ? select(block.element) : typed(block.element)
  Object.assign(control, { id, name: block.block_id })
  control.setAttribute('aria-describedby', error.id)
  return element('div', { className: 'field' }, element('label', { htmlFor: id }, label), control, error)
}

function typed({ multiline, initial_value, max_length, placeholder }) {
  const control = element(multiline ? 'textarea' : 'input', {
    value: initial_value ?? '',
    placeholder: placeholder?.text ?? '',
  })
  if (max_length) control.maxLength = max_length
  if (multiline) control.rows = 3
  return control
}

function select({ options, initial_option, placeholder }) {
  const empty = initial_option ? [] : [element('option', { value: '' }, placeholder?.text ?? 'Choose')]
  return element(
    'select',
    {},
    ...empty,
    ...options.map(({ text, value }) =>
      element('option', { value, selected: value === initial_option?.value }, text.text),
    ),
  )
}

function radios({ block_id, element: { options, initial_option } }, id, label, error) {
  const choices = options.map(({ text, value }) =>
    element(
      'label',
      { className: 'choice' },
      element('input', { type: 'radio', name: block_id, value, checked: value === initial_option?.value }),
      text.text,
    ),
  )
  return element('fieldset', { className: 'field', id }, element('legend', {}, label), ...choices, error)
}

function typedIn(block, form) {
  return new FormData(form).get(block.block_id)?.toString() ?? ''
}

function isFilled(block, form) {
  return typedIn(block, form).trim() !== ''
}

function valuesOf(blocks, form) {
  const inputs = blocks.filter(({ type }) => type === 'input')
  return Object.fromEntries(
    inputs.map((block) => {
      const { type, action_id, options } = block.element
      const value = typedIn(block, form)
      const said =
        type === 'plain_text_input'
          ? { type, value: value === '' ? null : value }
          : { type, selected_option: options.find((option) => option.value === value) ?? null }
      return [block.block_id, { [action_id]: said }]
    }),
  )
}

/** Puts each error beside its field; true when there is one. */
function show(form, errors) {
  for (const error of form.querySelectorAll('.error')) error.hidden = true
  const names = Object.keys(errors)
  for (const name of names) {
    const error = form.querySelector(`#field-${CSS.escape(name)}-error`)
    if (error) Object.assign(error, { hidden: false, textContent: errors[name] })
  }
  if (names.length > 0) form.elements.namedItem(names[0])?.focus?.()
  return names.length > 0
}
