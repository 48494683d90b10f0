/** How a reader checks the bundle with what is on every machine: what each shows, and its commands. `README.txt` says more. */
export const CHECKS: readonly (readonly [string, string])[] = [
  [
    'Nothing was changed since the export was signed.',
    `sha256sum -c --quiet tagmanifest-sha256.txt
sha256sum -c --quiet manifest-sha256.txt
ssh-keygen -Y verify -f allowed_signers -I THE-ORGANISATION -n onrecord-bundle@v1 \\
  -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt`,
  ],
  [
    'Each event names the digest of the one before it ("prev"): the digest of line 1, for example.',
    "sed -n 1p data/events.ndjson | tr -d '\\n' | sha256sum",
  ],
  [
    'An approval was signed by that person’s passkey, for exactly that statement.',
    `cd data/approvals/ID
openssl dgst -sha256 -binary clientdata.json | cat authdata.bin - > signed.bin
openssl dgst -sha256 -verify credential.pem -signature signature.bin signed.bin`,
  ],
  [
    'Nothing was left out, put in or rewritten: everything at once, offline, with the policy that you wrote down yourself.',
    'node verify.mjs . --policy YOUR-POLICY --allowed-signers YOUR-ALLOWED-SIGNERS',
  ],
]
