import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { softIssuer } from '@/lib/record/issuer.test-support'
import { bobSignsIn, tell } from '@/lib/record/story.test-support'
import { POLICY } from '@/lib/record/world.test-support'
import { pack, sourceOf } from '@/lib/record/world-bundle.test-support'
import type { SigningIn } from '@/lib/record/world-proofs.test-support'
import { packed } from './bundle'
import { expect, test } from './test'

const VERIFIER = join(import.meta.dirname, '../dist/verify.html')
const VERIFIED = 'Verified, with w1 as witnesses under your own policy.'

/** A bundle in which an approver signed in again, at an issuer that signs with RSA. */
async function bundle(signIn: SigningIn = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'on-record-sign-in-'))
  for (const [path, bytes] of await pack(sourceOf(tell(bobSignsIn(signIn))))) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  return packed(folder)
}

async function check(page: Page, zip: string): Promise<void> {
  const policy = join(dirname(zip), 'policy')
  await writeFile(policy, POLICY)
  await page.getByLabel('Choose a bundle (.zip)').setInputFiles([policy, zip])
  await expect(page.getByRole('heading', { name: 'Result' })).toBeVisible({ timeout: 30_000 })
}

test('C08: a page that was saved checks what the issuer signed with RSA, and tells a key of somebody else’s', async ({
  page,
}) => {
  await page.goto(pathToFileURL(VERIFIER).href)
  await check(page, await bundle())
  await expect(page.getByText(VERIFIED)).toBeVisible()
  await expect(page.getByText('approval.issuer_keys_copied')).toBeVisible()
  await page.reload()
  await check(page, await bundle({ keys: [softIssuer().jwk] }))
  await expect(page.getByText('approval.id_token_bad_signature')).toBeVisible()
})

test('C08: where a browser withholds its cryptography, the page says so and calls nothing verified', async ({
  page,
}) => {
  // Plain HTTP from elsewhere is no secure context (W3C Secure Contexts, section 3.1).
  const body = await readFile(VERIFIER)
  await page.route('http://plain.example/', (route) => route.fulfill({ body, contentType: 'text/html' }))
  await page.goto('http://plain.example/')
  await check(page, await bundle())
  await expect(page.getByText('approval.id_token_unchecked')).toBeVisible()
  await expect(page.getByText(VERIFIED)).toHaveCount(0)
})
