import type { BundleKey } from './bundle'
import type { BundleSource } from './bundle-source'
import { allowedSignersLine, BUNDLE_NAMESPACE } from './sshsig'

/** `data/README.txt`: how to check the bundle with what is on every machine, and what each check does and doesn't show. */
export function bundleReadme({ about, checkpoint }: BundleSource, { principal, signer }: BundleKey): string {
  const [origin = '', size = ''] = checkpoint.split('\n')
  return `${about.identifier}: an export of the record (onrecord-bundle/v1)
${'='.repeat(about.identifier.length + 45)}

From ${about.organization}, ${about.date}. This folder is a BagIt bag (RFC 8493). Nothing in it needs our software to be checked.
Run the commands below in the folder that holds bagit.txt. The format, every check and test vectors are in
docs/record-format.md of On Record's source code.

1. Nothing was changed since the export was signed
--------------------------------------------------
   sha256sum -c --quiet tagmanifest-sha256.txt
   sha256sum -c --quiet manifest-sha256.txt
   (macOS: shasum -a 256 -c instead of sha256sum -c)

   Both are silent if all is well. Then the signature. Write the line below to a file named allowed_signers, but take
   the key from where the organisation publishes it: the copy here was written by whoever wrote this folder.

   ${allowedSignersLine(principal, signer.publicKey).trimEnd()}

   ssh-keygen -Y verify -f allowed_signers -I ${principal} -n ${BUNDLE_NAMESPACE} \\
     -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt

2. Nothing was changed, left out or put in since it happened
------------------------------------------------------------
   data/events.ndjson has one event a line, in the exact bytes that were hashed. Each names the digest of the one before
   it ("prev"), so this shows the chain by hand: the digest of line n is the "prev" of line n+1.

   sed -n 1p data/events.ndjson | tr -d '\\n' | sha256sum

   data/log/checkpoint is the signed head of the organisation's log (${origin}, ${size} entries), with the signatures
   of its witnesses. data/log/proofs.ndjson shows each event's place in it, data/log/head.tlog-proof that of the last
   event, for any tool that reads C2SP tlog-proof and tlog-checkpoint. The last event is the export itself: whatever
   happened before it in this case is here.

   All of it at once, offline, with the one-file verifier (verify.mjs; it needs Node.js and nothing else):

   node verify.mjs . --policy YOUR-POLICY --allowed-signers YOUR-ALLOWED-SIGNERS

   YOUR-POLICY says which log key and which witnesses you trust (C2SP tlog-policy). data/log/policy is a copy for
   convenience: with it the answer is worth as much as whoever wrote this folder, and the verifier says so.
   Any checkpoint that you kept from before goes behind --checkpoint: a history rewritten since then can't match it.

3. Each approval was signed by that person for exactly that change
------------------------------------------------------------------
   For each folder in data/approvals with a signature.bin (a passkey, WebAuthn), and each in data/emergencies (somebody
   let an action run without its approvals, and signed for that):

   cd data/approvals/ID
   openssl dgst -sha256 -binary clientdata.json | cat authdata.bin - > signed.bin
   openssl dgst -sha256 -verify credential.pem -signature signature.bin signed.bin
   openssl dgst -sha256 -binary statement.json | openssl base64 -A | tr '+/' '-_' | tr -d =
   rm signed.bin

   The second command says "Verified OK". What the third prints is the "challenge" in clientdata.json: the signature
   covers the statement, word for word. The statement's "action_digest" is SHA-256 of the action in the event
   action.requested (as canonical JSON, RFC 8785). data/registry.ndjson shows when the person enrolled that key.

   An Ed25519 key (credential.pem then has one line between the dashes) needs OpenSSL 3 and, as the second command:

   openssl pkeyutl -verify -pubin -inkey credential.pem -rawin -in signed.bin -sigfile signature.bin

   A folder with an id-token.jwt instead: the person signed in again for that change at the organisation's provider, where
   no passkey is needed. With N and E from the key ("n" and "e") in issuer-jwks.json whose "kid" the third line prints:

   cd data/approvals/ID
${BY_SIGN_IN}
   It says "Verified OK", and the "nonce" of the claims is what the fifth line prints: the provider vouches that this person
   ("sub") signed in for the statement, word for word. Whose account that is, data/registry.ndjson says (member.identified,
   with the same issuer and subject, before the approval). Compare the key with those that the provider itself publishes:
   the copy here was written by whoever wrote this folder. This is for RS256; record-format.md says what others need.

4. The rest
-----------
   data/evidence/   each file is named after its SHA-256, which is also in the event evidence.attached
   data/policies/   the rules by which each decision was made, in the exact bytes whose SHA-256 is the name, and
                    "policy":{"bundle":"sha256:..."} in the events: an object of file names and texts (Cedar)
   data/warrants/   the authority under which each action ran: a JWT (RFC 7519), and the keys in jwks.json
   data/anchors/    older checkpoints; a .tsr is an RFC 3161 timestamp:
                    openssl ts -verify -data N.checkpoint -in N.tsr -CAfile THE-AUTHORITYS-CERTIFICATES
                    a .post.json says where the same text was posted in the organisation's chat
   data/derived/    readable forms (spreadsheet, page, print). Convenient, and not evidence

   {"redacted": ...} in events.ndjson stands for an event whose body was erased by law. Its digest keeps its place, and
   an event event.redacted says who erased it and when.
`
}

// For RS256. asn1parse puts the key's two numbers together (RFC 8017, appendix A.1.1; RFC 5280, section 4.1.2.7).
const BY_SIGN_IN = `   unurl() { awk '{ while (length % 4) $0 = $0 "="; print }' | tr '_-' '/+' | openssl base64 -d -A; }
   hex() { printf '%s\\n' "$1" | unurl | od -An -v -tx1 | tr -d ' \\n'; }
   cut -d. -f1 id-token.jwt | unurl; echo
   cut -d. -f2 id-token.jwt | unurl; echo
   openssl dgst -sha256 -binary statement.json | openssl base64 -A | tr '+/' '-_' | tr -d =; echo
   printf '%s\\n' asn1=SEQ:key '[key]' alg=SEQ:alg bits=BITWRAP,SEQ:rsa '[alg]' oid=OID:rsaEncryption none=NULL \\
     '[rsa]' "n=INT:0x$(hex "$N")" "e=INT:0x$(hex "$E")" > key.conf
   openssl asn1parse -genconf key.conf -noout -out key.der
   printf %s "$(cut -d. -f1,2 id-token.jwt)" > signed.bin
   cut -d. -f3 id-token.jwt | unurl > signature.bin
   openssl dgst -sha256 -verify key.der -keyform DER -signature signature.bin signed.bin
   rm key.conf key.der signed.bin signature.bin
`
