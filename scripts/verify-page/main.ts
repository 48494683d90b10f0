// The /verify page: no sign-in, no server. A bundle is chosen or dropped, and a worker checks it on this machine.
import { byId } from './dom'
import { intake } from './intake'
import { ownThings } from './own'
import { session } from './session'
import { themeSwitch } from './theme'

themeSwitch()
const checking = session()
const own = ownThings(checking.outdated)

intake({
  async take(files) {
    const [bundle, ...more] = files.filter(({ name }) => /\.zip$/i.test(name))
    const said = await Promise.all(files.filter(({ name }) => !/\.zip$/i.test(name)).map(own.take))
    if (more.length > 0) said.push(`Of several bundles, ${bundle?.name} is checked: one at a time.`)
    byId('said').textContent = said.join(' ')
    if (bundle) await checking.check(bundle, own.options())
  },
})
byId('again').addEventListener('click', () => void checking.again(own.options()))
// Opened from a folder, there is nothing to save: it is saved already.
if (location.protocol === 'file:') byId('save-page').hidden = true
