import { BAGIT } from './bagit'
import { malformed } from './malformed'
import type { BundleReader } from './verify'

/**
 * The same bundle with names relative to bagit.txt: a zip of a folder has the folder's name before each file.
 * @throws Malformed `no_bag` where there is no bagit.txt, `outside_bag` where there are files beside the bag
 */
export function atBagRoot({ paths, open, ...rest }: BundleReader): BundleReader {
  const declaration = paths.filter((path) => path === BAGIT || /^[^/]+\/bagit\.txt$/.test(path))[0]
  if (declaration === undefined) throw malformed('no_bag', 'There is no bagit.txt: this is not a bundle.')
  const root = declaration.slice(0, -BAGIT.length)
  const outside = paths.find((path) => !path.startsWith(root))
  if (outside !== undefined) throw malformed('outside_bag', `${outside} is outside the bundle.`)
  return {
    ...rest,
    paths: paths.map((path) => path.slice(root.length)),
    open: (path) => open(root + path),
  }
}
