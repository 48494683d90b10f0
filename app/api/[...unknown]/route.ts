import { answer } from '@/app/_doors/answer'
import { open } from '@/app/_doors/door'
import { nowhere } from '@/app/_doors/not-found'

/** Told as any refusal is, and not by a page. */
const refused = open(async () => answer(nowhere()))

export { refused as DELETE, refused as GET, refused as PATCH, refused as POST, refused as PUT }
