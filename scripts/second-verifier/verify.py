#!/usr/bin/env python3
"""A second verifier, written from docs/record-format.md: Python's standard library, and openssl for signatures.

    python3 verify.py <folder> [policy]

Prints the codes of section 8 for what is wrong, and where; (in brackets) what isn't shown. Left out: the bag and the
evidence (sha256sum, BagIt validators, ssh-keygen), zip files, timestamps, older heads and
head.tlog-proof, warrants.
"""

import base64, hashlib, json, os, pathlib, re, subprocess, sys, tempfile
from datetime import datetime

H = lambda data: hashlib.sha256(data).digest()
hexed = lambda data: hashlib.sha256(data).hexdigest()
url64 = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
un64 = lambda text: base64.b64decode(text, validate=True)
unurl = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
class Bag:
    def __init__(self, root):
        self.root, self.found, self.noted = root, [], []
        self.paths = {os.path.relpath(os.path.join(at, name), root) for at, _, names in os.walk(root) for name in names}

    def read(self, path):
        return pathlib.Path(self.root, path).read_bytes()

    def lines(self, path):
        return self.read(path).split(b"\n")[:-1] if path in self.paths else []

    def fail(self, code, where=""):
        self.found.append((code, where))

    def note(self, code, where=""):
        self.noted.append((code, where))

# Section 1: bytes.
def jcs(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(jcs(key) + ":" + jcs(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53 - 1:
        raise ValueError("unsafe integer")
    return json.dumps(value, ensure_ascii=False)

def canonical(data):
    value = json.loads(data.decode("utf-8"), parse_float=str, parse_constant=str)  # a fraction won't come out as it went in
    if jcs(value).encode("utf-8") != data:
        raise ValueError("not canonical")
    return value

def stands(key, message, signature, *options):
    """Of an Ed25519, ECDSA or RSA signature with this SubjectPublicKeyInfo: openssl says so."""
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, name) for name in ("key", "message", "signature")]
        for name, content in zip(names, (key, message, signature)):
            pathlib.Path(name).write_bytes(content)
        how = ["-pubin", "-keyform", "DER", "-inkey", names[0], "-in", names[1], "-sigfile", names[2]]
        digest = [] if len(key) == 44 else ["-digest", "sha256"]
        return subprocess.run(["openssl", "pkeyutl", "-verify", "-rawin", *digest, *how, *options], capture_output=True).returncode == 0

ed25519 = lambda key, message, signature: stands(bytes.fromhex("302a300506032b6570032100") + key, message, signature)

# Section 3: the tree (RFC 9162 2.1).
leaf = lambda entry: H(b"\0" + entry)
node = lambda left, right: H(b"\1" + left + right)

def root_of(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else H(b"")
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node(root_of(leaves[:k]), root_of(leaves[k:]))

def leads_to(index, size, hashed, path):
    if not 0 <= index < size:
        return None
    fn, sn = index, size - 1
    for sibling in path:
        if sn == 0 or len(sibling) != 32:
            return None
        if fn & 1 or fn == sn:
            hashed = node(sibling, hashed)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            hashed = node(hashed, sibling)
        fn, sn = fn >> 1, sn >> 1
    return hashed if sn == 0 else None

# What may be anything.
fields = lambda value: value if isinstance(value, dict) else {}
text = lambda value: value if isinstance(value, str) else None
count = lambda value: value if type(value) is int and 0 <= value <= 2**53 - 1 else None  # to Python, true is 1
seconds = lambda time: datetime.fromisoformat(time).timestamp()

def is_time(value):
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value, re.ASCII) and seconds(value) is not None)
    except (TypeError, ValueError):
        return False

def json_of(data):
    try:
        return json.loads(data.decode("utf-8"))
    except ValueError:
        return None

# Section 4: signed heads.
def vkey(text):
    name, key_id, key = text.split("+", 2)
    return name, bytes.fromhex(key_id), un64(key)[0], un64(key)[1:]

def check_head(bag, policy_text):
    text, _, signatures = bag.read("data/log/checkpoint").decode().rpartition("\n\n")
    text += "\n"
    origin, size, root = text.split("\n")[:3]
    lines = [line.split(" ") for line in signatures.strip("\n").split("\n")]
    signed = [(name, un64(code)[:4], un64(code)[4:]) for dash, name, code in lines if dash == "\u2014"]
    logs, groups, counted, quorum = [], {}, set(), None
    for words in (line.split() for line in policy_text.split("\n") if line.strip() and not line.startswith("#")):
        if words[0] == "log":
            logs.append(vkey(words[1]))
        elif words[0] == "witness":
            name, key_id, _, key = vkey(words[2])
            for signature in (s for n, i, s in signed if (n, i) == (name, key_id)):
                message = f"cosignature/v1\ntime {int.from_bytes(signature[:8], 'big')}\n{text}".encode()
                good = ed25519(key, message, signature[8:])
                counted.add(words[1]) if good else bag.fail("witness.forged", words[1])
        elif words[0] == "group":
            groups[words[1]] = ({"any": 1, "all": len(words) - 3}.get(words[2]) or int(words[2]), words[3:])
        elif words[0] == "quorum":
            quorum = words[1]
    mine = [(key, s) for n, i, kind, key in logs if n == origin for sn, si, s in signed if (sn, si) == (n, i)]
    if not mine or not all(ed25519(key, text.encode(), signature) for key, signature in mine):
        bag.fail("checkpoint.bad_signature" if mine else "checkpoint.not_signed")
    met = lambda name: sum(map(met, groups[name][1])) >= groups[name][0] if name in groups else name in counted
    if quorum != "none" and not met(quorum):
        bag.fail("witness.quorum_not_met")
    return int(size), un64(root)

# Sections 8.2 to 8.4: the events, the whole log.
def check_events(bag, size, root):
    events, chains, places = [], {}, {}
    proofs = bag.lines("data/log/proofs.ndjson")
    for number, line in enumerate(bag.lines("data/events.ndjson")):
        try:
            event = fields(canonical(line))
        except ValueError:
            bag.fail("event.not_canonical", number + 1)
            continue
        if not (is_erased(event) if "redacted" in event else is_event(event)):
            bag.fail("event.malformed", number + 1)
            continue
        event["data"], gone = fields(event.get("data")), event.get("redacted")
        stream, seq, body = (gone["case"], gone["seq"], gone["body"]) if gone else (event["case"], event["seq"], hexed(line))
        where = f"{stream} event {seq}"
        index = check_place(bag, proofs[number] if number < len(proofs) else None, stream, seq, body, size, root, where)
        due, head, at, place = chains.get(stream, (0, "0" * 64, "", -1))
        if seq != due:
            bag.fail("chain.gap" if seq > due else "chain.out_of_order", where)
        elif not gone and event["prev"] != head:
            bag.fail("chain.broken", where)
        if not gone and event["at"] < at:
            bag.fail("event.time", where)
        if index is not None and index <= place:
            bag.fail("log.order", where)
        chains[stream] = (max(due, seq + 1), body, at if gone else event["at"], place if index is None else index)
        places[body] = (stream, seq)
        events.append({"case": stream, "seq": seq, "body": body, "gone": gone, "event": event, "index": index, "where": where})
    if len(proofs) > len(bag.lines("data/events.ndjson")):
        bag.fail("proof.surplus")
    if not events or not is_export(events[-1]):
        bag.fail("tail.open")
    for one in (one for one in events if one["gone"]):
        said = [e["event"]["data"] for e in events if e["event"].get("type") == "event.redacted" and e["case"] == one["case"]]
        bodies = [data["body"] for data in said if data["seq"] == one["seq"]]
        if one["body"] not in bodies:
            bag.fail("redaction.mismatch" if bodies else "redaction.unexplained", one["where"])
    for one in (one for one in events if one["event"].get("type") == "entry.corrected"):
        of, body = (one["event"]["data"].get(name) for name in ("seq", "body"))
        of = of if type(of) is int else -1  # to Python, true is 1
        bodies = [e["body"] for e in events if e["case"] == one["case"] and e["seq"] == of < one["seq"]]
        hidden = 0 <= of < min(e["seq"] for e in events if e["case"] == one["case"])  # the export begins later
        if body not in bodies and not hidden:
            bag.fail("correction.mismatch" if bodies else "correction.unknown_event", one["where"])
    return events, chains, places

is_export = lambda one: one["event"].get("type") in ("case.exported", "record.exported")

def check_place(bag, line, stream, seq, body, size, root, where):
    if line is None:
        return bag.fail("proof.missing", where)
    proof = read_proof(line, "entry")
    if proof is None:
        return bag.fail("proof.malformed", where)
    entry = jcs({"body": body, "case": stream, "seq": seq, "v": 1}).encode()
    if proof["entry"] != entry or count(proof.get("seq")) != seq:
        return bag.fail("entry.mismatch", where)
    if leads_to(proof["index"], size, leaf(entry), proof["path"]) != root:
        return bag.fail("proof.bad", where)
    return proof["index"]

def read_proof(line, name):
    proof = fields(json_of(line))
    try:
        read = {**proof, name: un64(proof[name]), "path": [un64(hashed) for hashed in proof["path"]]}
    except (KeyError, TypeError, ValueError):
        return None
    return read if count(proof.get("index")) is not None and isinstance(proof["path"], list) else None

def is_event(event):
    actor = fields(event.get("actor"))
    return (all(text(value) for value in (event.get("salt"),)) and is_time(event.get("at")) and event.get("v") == 1 and event["v"] is not True
            and all(text(value) is not None for value in (event.get("case"), event.get("type"), actor.get("id"), actor.get("kind")))
            and count(event.get("seq")) is not None and re.fullmatch("[0-9a-f]{64}", text(event.get("prev")) or ""))

def is_erased(line):
    gone = fields(line.get("redacted"))
    return (set(line) == {"redacted", "v"} and line["v"] == 1 and line["v"] is not True and set(gone) == {"body", "case", "seq"} and text(gone["case"]) is not None
            and count(gone["seq"]) is not None and bool(re.fullmatch("[0-9a-f]{64}", text(gone["body"]) or "")))

def check_log(bag, events, chains, size, root):
    entries = []
    for n in range((size + 255) // 256):
        digits = f"{n:0{(len(str(n)) + 2) // 3 * 3}d}"
        groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        width = min(256, size - 256 * n)
        path = "data/log/tile/entries/" + "/".join(["x" + g for g in groups[:-1]] + groups[-1:]) + (f".p/{width}" if width < 256 else "")
        if path not in bag.paths:
            return
        data = bag.read(path)
        while data:
            length = int.from_bytes(data[:2], "big")
            entries.append(data[2 : 2 + length])
            data = data[2 + length :]
    if root_of([leaf(entry) for entry in entries]) != root:
        return bag.fail("tile.altered")
    end = events[-1]["index"] if events and is_export(events[-1]) else None
    for entry in map(json.loads, entries[:end]):
        if entry["case"] in chains and entry["seq"] >= chains[entry["case"]][0]:
            bag.fail("stream.hidden_events", f"{entry['case']} event {entry['seq']}")

# Section 8.11: the rules by which it was decided.
def check_policy_sets(bag, events, registry):
    said = [one["event"] for one in events if not one["gone"]] + registry
    named = {b for b in (event.get("policy", {}).get("bundle", "") for event in said) if re.fullmatch("sha256:[0-9a-f]{64}", b)}
    there = {path[len("data/policies/") :] for path in bag.paths if path.startswith("data/policies/")}
    for name in sorted(there):
        if hexed(bag.read("data/policies/" + name)) + ".json" != name:
            bag.fail("policy_set.altered", name)
        elif "sha256:" + name[:64] not in named and not any(one["gone"] for one in events):
            bag.fail("policy_set.unrecorded", name)
    for digest in sorted(named - {"sha256:" + name[:64] for name in there}):
        bag.note("policy_set.missing", digest)

# Sections 5, 6, 8.7 to 8.10: what people decided, and under what authority it was done.
def registry_of(bag, size, root):
    registry, before = [], (-1, "0" * 64)
    for line in map(json.loads, bag.lines("data/registry.ndjson")):
        event = canonical(data := un64(line["event"]))
        entry = jcs({"body": hexed(data), "case": "registry", "seq": event["seq"], "v": 1}).encode()
        if leads_to(line["index"], size, leaf(entry), [un64(hashed) for hashed in line["path"]]) != root:
            bag.fail("registry.proof", event["seq"])
        elif event["seq"] <= before[0] or (event["seq"] == before[0] + 1 and event["prev"] != before[1]):
            bag.fail("registry.chain", event["seq"])
        else:
            registry.append({**event, "index": line["index"]})
            before = (event["seq"], hexed(data))
    return registry

def check_decisions(bag, events, places, registry):
    told = [{**one, **one["event"]} for one in events if not one["gone"]]
    of = lambda *types: [event for event in told if event["type"] in types]
    current = lambda one: next((r for r in reversed(of("action.requested", "action.amended")) if r["data"]["request"] == one["data"]["request"] and r["case"] == one["case"] and r["seq"] < one["seq"]), None)
    for one in of("action.requested", "action.amended"):
        if "sha256:" + hexed(jcs(one["data"]["action"]).encode()) != one["data"]["action_digest"]:
            bag.fail("action.digest_mismatch", one["where"])
    for one in of("approval.recorded", "breakglass.invoked"):
        check_approval(bag, one, current(one), of("action.executed"), places, registry)

    signed_in = [one for one in of("approval.recorded") if one["data"]["method"] == "oidc-nonce"]
    account = lambda one: [one["case"], one["data"]["request"], *map((one["data"].get("sign_in") or {}).get, ("issuer", "subject"))]
    approver = lambda one: one["data"].get("approver", one["actor"]["id"])
    for one in signed_in:
        if any(account(one) == account(other) and approver(one) != approver(other) for other in signed_in):
            bag.fail("approval.shared_account", one["where"])

def check_approval(bag, one, request, executed, places, registry):
    fail = lambda code: bag.fail("approval." + code, one["where"])
    data, folder = one["data"], f"data/approvals/{one['data'].get('approval')}/"
    if one["type"] == "breakglass.invoked":  # signed like an approval, by who answers for going without
        data = {**data, "decision": "break-glass", "approver": data["invoker"]}
        folder = f"data/emergencies/{data['statement_sha256']}/"
    approver = data.get("approver", one["actor"]["id"])
    if folder + "statement.json" not in bag.paths:
        return fail("statement_missing")
    if hexed(signed := bag.read(folder + "statement.json")) != data["statement_sha256"]:
        return fail("statement_altered")
    statement = canonical(signed)
    if request:
        asked = request["data"]
        expected = {name: asked[name] for name in ("request", "revision", "requester", "executor", "action_digest")}
        expected |= {"approver": approver, "case": one["case"], "decision": data["decision"]}
        if any(statement[name] != value for name, value in expected.items()):
            fail("statement_mismatch")
        owners = [asked.get("executor_owner")] + [e["data"].get("executor_owner") for e in executed if e["data"]["request"] == asked["request"]]
        quorum = asked["quorum"] if isinstance(asked["quorum"], dict) else {}
        least = "passkey" if data["decision"] == "break-glass" else quorum.get("assurance")
        enough = {"passkey": ["webauthn"], "vouched": ["webauthn", "oidc-nonce"]}.get(least, [data["method"]])
        if data["decision"] in ("approve", "break-glass"):
            fail("by_requester") if data["decision"] == "approve" and approver in (asked["requester"], asked.get("requester_accountable")) else None
            fail("by_executor") if approver == asked["executor"] else None
            fail("by_executor_owner") if approver in owners else None
            fail("too_weak") if data["method"] not in enough else None
    seconds = lambda time: datetime.fromisoformat(time).timestamp()
    if not seconds(statement["iat"]) - 5 <= seconds(one["at"]) <= seconds(statement["exp"]):
        fail("out_of_time")
    stream, seq = places.get(statement["head"], (None, 0))
    if stream != one["case"] or seq >= one["seq"]:
        fail("head_unknown")
    if data["method"] == "webauthn":
        check_passkey(bag, fail, folder, one, approver, statement, signed, registry)
    if data["method"] == "oidc-nonce":
        check_sign_in(bag, fail, folder, one, approver, statement, signed, registry)

def check_passkey(bag, fail, folder, one, approver, statement, signed, registry):
    names = ("clientdata.json", "authdata.bin", "signature.bin", "credential.pem")
    if any(folder + name not in bag.paths for name in names):
        return fail("assertion_missing")
    client, auth, signature, pem = (bag.read(folder + name) for name in names)
    if hexed(auth + H(client) + signature) != one["data"]["assertion_sha256"]:
        fail("assertion_altered")
    is_mine = lambda event, kind: (event["type"] in (f"passkey.{kind}", f"credential.{kind}")
                                   and event["data"]["credential_id"] == one["data"]["credential_id"])
    enrolled = next((event for event in registry if is_mine(event, "enrolled")), None)
    if not enrolled:
        return fail("key_not_enrolled")
    mine = enrolled["data"]
    fail("key_of_another") if mine["user"] != approver else None
    if one["index"] is not None:
        fail("key_enrolled_later") if enrolled["index"] >= one["index"] else None
        fail("key_revoked") if any(is_mine(e, "revoked") and e["index"] < one["index"] for e in registry) else None
    # A COSE_Key on P-256: the coordinates stand after the heads of their entries, -2 and -3 with 32 bytes each.
    x, y = (unurl(mine["cose"]).partition(head)[2][:32] for head in (b"\x21\x58\x20", b"\x22\x58\x20"))
    key = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") + x + y
    if un64("".join(pem.decode().split("\n")[1:-2])) != key:
        fail("key_mismatch")
    fail("statement_mismatch") if statement["aud"] != mine["origin"] else None
    try:
        said = json.loads(client)
    except ValueError:
        return fail("malformed_client_data")
    for code, is_wrong in (
        ("wrong_type", said.get("type") != "webauthn.get"),
        ("wrong_challenge", said.get("challenge") != url64(H(signed))),
        ("wrong_origin", said.get("origin") != mine["origin"]),
        ("cross_origin", bool(said.get("crossOrigin")) or "topOrigin" in said),
        ("malformed_authenticator_data", len(auth) < 37),
        ("wrong_rp_id", auth[:32] != H(mine["rp_id"].encode())),
        ("user_not_present", not auth[32] & 0x01),
        ("user_not_verified", not auth[32] & 0x04),
        ("backup_state_impossible", auth[32] & 0x18 == 0x10),
        ("bad_signature", not stands(key, auth + H(client), signature)),
    ):
        if is_wrong:
            return fail(code)

def check_sign_in(bag, fail, folder, one, approver, statement, signed, registry):
    if any(folder + name not in bag.paths for name in ("id-token.jwt", "issuer-jwks.json")):
        return fail("id_token_missing")
    token, keys = bag.read(folder + "id-token.jwt"), bag.read(folder + "issuer-jwks.json")
    bag.note("approval.issuer_keys_copied", one["where"])
    said = one["data"].get("sign_in") or {}
    if [hexed(token), hexed(keys)] != [one["data"]["assertion_sha256"], said.get("issuer_jwks")]:
        fail("id_token_altered")
    try:
        head, body, signature = token.decode().split(".")
        header, claims, signature = json.loads(unurl(head)), json.loads(unurl(body)), unurl(signature)
    except ValueError:
        return fail("id_token_bad_signature")
    if not is_signed(header, keys, f"{head}.{body}".encode(), signature):
        fail("id_token_bad_signature")
    if claims.get("nonce") != url64(H(signed)):
        fail("wrong_nonce")
    aud, azp, client = claims.get("aud"), claims.get("azp"), said.get("client_id")
    audiences = aud if isinstance(aud, list) else [aud]
    is_mine = client in audiences and (azp == client if azp is not None else len(audiences) == 1)
    named = [claims.get("iss"), claims.get("sub")] == [said.get("issuer"), said.get("subject")]
    if None in (client, said.get("issuer"), said.get("subject")) or not is_mine or not named:
        fail("id_token_mismatch")
    seconds, when = lambda time: datetime.fromisoformat(time).timestamp(), claims.get("auth_time")
    if type(when) is not int or not seconds(statement["iat"]) - 60 <= when <= seconds(one["at"]) + 60:
        fail("sign_in_stale")
    check_tie(fail, one, approver, [claims.get("iss"), claims.get("sub")], registry)

def check_tie(fail, one, approver, account, registry):
    told = [event for event in registry if event["type"] == "member.identified"]
    ties = [e for e in told if [e["data"].get("issuer"), e["data"].get("subject")] == account and all(isinstance(name, str) for name in account)]
    mine = [event for event in ties if event["data"].get("member") == approver]
    if not mine:
        fail("account_of_another" if ties else "account_not_tied")
    elif len(mine) < len(ties):
        fail("account_of_several")
    if mine and one["index"] is not None and mine[0]["index"] >= one["index"]:
        fail("account_tied_later")

def der(tag, *parts):
    content = b"".join(parts)
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (length if len(content) < 128 else bytes([0x80 | len(length)]) + length) + content

integer = lambda number: der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))
number = lambda text: int.from_bytes(unurl(text), "big")

def is_signed(header, keys, message, signature):
    """By exactly one of these keys, which says itself what it is for."""
    try:
        found = [key for key in json.loads(keys)["keys"] if isinstance(header.get("kid"), str) and key.get("kid") == header["kid"]]
    except ValueError:
        return False
    if len(found) != 1 or {"jku", "x5u", "jwk", "crit"} & set(header):
        return False
    key, alg = found[0], header.get("alg")
    if key.get("use", "sig") != "sig" or key.get("alg", alg) != alg:
        return False
    if alg in ("RS256", "PS256") and key.get("kty") == "RSA" and number(key["n"]).bit_length() > 2040:
        numbers = der(0x30, integer(number(key["n"])), integer(number(key["e"])))
        spki = der(0x30, bytes.fromhex("300d06092a864886f70d0101010500"), der(3, b"\0", numbers))
        salted = ["-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:32"]
        return stands(spki, message, signature, *(salted if alg == "PS256" else []))
    if alg == "ES256" and key.get("crv") == "P-256" and len(signature) == 64:
        spki = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") + unurl(key["x"]) + unurl(key["y"])
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        return stands(spki, message, der(0x30, integer(r), integer(s)))
    return alg == "EdDSA" and key.get("crv") == "Ed25519" and ed25519(unurl(key["x"]), message, signature)

def main(folder, policy=None):
    bag = Bag(folder)
    size, root = check_head(bag, pathlib.Path(policy).read_text() if policy else bag.read("data/log/policy").decode())
    events, chains, places = check_events(bag, size, root)
    check_log(bag, events, chains, size, root)
    registry = registry_of(bag, size, root)
    check_decisions(bag, events, places, registry)
    check_policy_sets(bag, events, registry)
    print("".join(f"({code})  {where}\n" for code, where in bag.noted), end="")
    print("".join(f"{code}  {where}\n" for code, where in bag.found) or "nothing failed\n", end="")
    return 1 if bag.found else 0

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
