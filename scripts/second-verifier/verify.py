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

def strict(encode, decode):
    """Base64 in its one spelling, or a ValueError."""
    def read(text):
        try:
            data = decode(text)
        except (TypeError, AttributeError) as wrong:
            raise ValueError("not base64") from wrong
        if encode(data) != text:
            raise ValueError("not base64")
        return data
    return read

un64 = strict(lambda data: base64.b64encode(data).decode(), lambda text: base64.b64decode(text, validate=True))
unurl = strict(url64, lambda text: base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))

class Bag:
    def __init__(self, root):
        self.root, self.found, self.noted = root, [], []
        self.paths = {os.path.relpath(os.path.join(at, name), root) for at, _, names in os.walk(root) for name in names}

    def read(self, path):
        return pathlib.Path(self.root, path).read_bytes()

    def lines(self, path, code):
        """Each ends in a newline; what follows the last one is broken off."""
        *lines, rest = self.read(path).split(b"\n") if path in self.paths else [b""]
        self.fail(code, path) if rest else None
        return lines

    def fail(self, code, where=""):
        self.found.append((code, where))

    def note(self, code, where=""):
        self.noted.append((code, where))

# Section 1: bytes.
def jcs(value, depth=0):
    if isinstance(value, (dict, list)) and depth == 64:
        raise ValueError("too deep")
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(jcs(key) + ":" + jcs(value[key], depth + 1) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(jcs(each, depth + 1) for each in value) + "]"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53 - 1:
        raise ValueError("unsafe integer")
    return json.dumps(value, ensure_ascii=False)

def canonical(data):
    try:
        value = json.loads(data.decode("utf-8"), parse_float=str, parse_constant=str)  # a fraction won't come out as it went in
    except RecursionError as wrong:
        raise ValueError("too deep") from wrong
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
        return json.loads(data.decode("utf-8"), parse_constant=un64)  # and none of these is base64
    except (ValueError, RecursionError):
        return None

# Section 4: signed heads.
def vkey(text):
    name, key_id, key = text.split("+", 2)
    return name, bytes.fromhex(key_id), un64(key)[0], un64(key)[1:]

def read_note(data):
    """The text, and (name, key id, signature) of each line. Raises a ValueError."""
    whole = data.decode("utf-8")
    text, gap, signatures = whole.rpartition("\n\n")
    text += "\n"
    *lines, rest = signatures.split("\n")
    if not gap or rest or not 0 < len(lines) <= 100 or re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text):
        raise ValueError("no signed note")
    signed = []
    for line in lines:
        found = re.fullmatch("\u2014 ([^\\s+\x85]+) (\\S+)", line)
        if not found or len(un64(found[2])) < 5:
            raise ValueError("no signature's line")
        signed.append((found[1], un64(found[2])[:4], un64(found[2])[4:]))
    return text, signed

def read_checkpoint(text):
    origin, size, root, *end = text.split("\n")
    if not origin or not re.fullmatch("0|[1-9][0-9]*", size) or int(size) > 2**53 - 1 or len(un64(root)) != 32 or end != [""]:
        raise ValueError("no checkpoint")
    return origin, int(size), un64(root)

def check_head(bag, policy_text):
    """Its size and root, or None."""
    if "data/log/checkpoint" not in bag.paths:
        return bag.note("log.not_shown")
    try:
        text, signed = read_note(bag.read("data/log/checkpoint"))
        origin, size, root = read_checkpoint(text)
    except ValueError:
        return bag.fail("checkpoint.malformed")
    logs, groups, counted, quorum = [], {}, set(), None
    for words in (line.split() for line in policy_text.split("\n") if line.strip() and not line.startswith("#")):
        if words[0] == "log":
            logs.append(vkey(words[1]))
        elif words[0] == "witness":
            name, key_id, _, key = vkey(words[2])
            for signature in (s for n, i, s in signed if (n, i) == (name, key_id)):
                message = f"cosignature/v1\ntime {int.from_bytes(signature[:8], 'big')}\n{text}".encode()
                good = len(signature) == 72 and ed25519(key, message, signature[8:])
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
    return size, root

# Sections 8.2 to 8.4: the events, the whole log.
def check_events(bag, head):
    events, chains, places = [], {}, {}
    lines = bag.lines("data/events.ndjson", "event.malformed")
    if "data/events.ndjson" not in bag.paths:
        bag.fail("event.malformed")
    proofs = bag.lines("data/log/proofs.ndjson", "proof.malformed")
    for number, line in enumerate(lines):
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
        index = check_place(bag, proofs[number] if number < len(proofs) else None, stream, seq, body, head, where) if head else None
        first, due, prev, at, place = chains.get(stream, (seq, seq, "0" * 64, "", -1))
        if seq != due:
            bag.fail("chain.gap" if seq > due else "chain.out_of_order", where)
        elif not gone and event["prev"] != prev and (stream in chains or seq == 0):
            bag.fail("chain.broken", where)
        if not gone and event["at"] < at:
            bag.fail("event.time", where)
        begins = index == 0 and not gone and event["type"] == "log.restarted"
        if index is not None and index <= place and not begins:
            bag.fail("log.order", where)
        chains[stream] = (first, max(due, seq + 1), body, at if gone else event["at"], place if index is None else max(place, index))
        places[body] = (stream, seq)
        events.append({"case": stream, "seq": seq, "body": body, "gone": gone, "event": event, "index": index, "where": where})
    if len(proofs) > len(lines):
        bag.fail("proof.surplus")
    if not events or not is_export(events[-1]):
        bag.fail("tail.open")
    check_named(bag, events)
    return events, chains, places

def check_named(bag, events):
    """Of what was erased, and what corrected."""
    told = lambda kind, stream: [e for e in events if e["event"].get("type") == kind and e["case"] == stream]
    of = lambda e: count(e["event"]["data"].get("seq"))
    for one in (one for one in events if one["gone"]):
        said = next((e for e in told("event.redacted", one["case"]) if of(e) == one["seq"]), None)
        if said is None or said["seq"] <= one["seq"]:
            bag.fail("redaction.unexplained", one["where"])
        elif said["event"]["data"].get("body") != one["body"]:
            bag.fail("redaction.mismatch", one["where"])
    for one in (one for one in events if one["event"].get("type") == "entry.corrected"):
        mine = [e for e in events if e["case"] == one["case"]]
        bodies = [e["body"] for e in mine if e["seq"] == of(one) is not None and e["seq"] < one["seq"]]
        hidden = of(one) is not None and of(one) < mine[0]["seq"]  # the export of a period begins later
        if not hidden and one["event"]["data"].get("body") not in bodies[:1]:
            bag.fail("correction.mismatch" if bodies else "correction.unknown_event", one["where"])

is_export = lambda one: one["event"].get("type") in ("case.exported", "record.exported")

def scope_of(events):
    """What the export is of, and the fields that say so; unsaid where they can't be read."""
    one = events[-1]["event"] if events and is_export(events[-1]) else {"type": None, "data": {}}
    data, kind = one["data"], one["data"].get("scope")
    if kind == "everything" or one["type"] != "record.exported":
        return kind if kind == "everything" else "case", data
    bounds = is_time(data.get("from")) and is_time(data.get("to")) and count(data.get("first")) is not None
    last = "last" in data and (data["last"] is None or count(data["last"]) is not None)
    return kind if kind == "cases" or kind == "period" and bounds and last else "unsaid", data

def check_scope(bag, events, chains, registry):
    kind, data = scope_of(events)
    for stream, (first, *_) in chains.items():
        if first and kind != "period" and not (stream == "registry" and registry):
            bag.fail("chain.gap", stream)
    names = sorted((name for name in chains if name != "registry"), key=lambda name: name.encode("utf-16-be"))
    if kind == "unsaid" or kind == "cases" and data.get("streams_sha256") != hexed("".join(name + "\n" for name in names).encode()):
        bag.fail("scope.mismatch")
    for one in events if kind == "period" else []:
        index, at = one["index"], one["event"].get("at")
        if index is None or at is None:
            continue
        if index < data["first"] and at >= data["from"] or data["last"] is not None and index > data["last"] and at < data["to"]:
            return bag.fail("scope.bounds", one["where"])

def check_place(bag, line, stream, seq, body, head, where):
    if line is None:
        return bag.fail("proof.missing", where)
    proof = read_proof(line, "entry")
    if proof is None:
        return bag.fail("proof.malformed", where)
    entry = jcs({"body": body, "case": stream, "seq": seq, "v": 1}).encode()
    if proof["entry"] != entry or count(proof.get("seq")) != seq:
        return bag.fail("entry.mismatch", where)
    if leads_to(proof["index"], head[0], leaf(entry), proof["path"]) != head[1]:
        return bag.fail("proof.bad", where)
    return proof["index"]

def read_proof(line, name):
    proof = fields(json_of(line))
    try:
        read = {**proof, name: un64(proof.get(name)), "path": [un64(hashed) for hashed in proof["path"]]}
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

def tile_path(level, n, width):
    digits = f"{n:0{(len(str(n)) + 2) // 3 * 3}d}"
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    return f"data/log/tile/{level}/" + "/".join(["x" + g for g in groups[:-1]] + groups[-1:]) + (f".p/{width}" if width < 256 else "")

def tiles(level, length):
    return {tile_path(level, n, min(256, length - 256 * n)): n for n in range((length + 255) // 256)}

def check_log(bag, events, chains, registry, size, root):
    if any(path not in bag.paths for path in tiles("entries", size)):
        return
    lengths = [size]
    while lengths[-1] >= 256:
        lengths.append(lengths[-1] // 256)
    places = set(tiles("entries", size)).union(*(tiles(level, length) for level, length in enumerate(lengths)))
    for path in sorted(path for path in bag.paths if path.startswith("data/log/tile/") and path not in places):
        bag.fail("tile.malformed", path)
    entries = []
    for path in tiles("entries", size):
        data, before = bag.read(path), len(entries)
        while data:
            length = int.from_bytes(data[:2].ljust(2, b"\0"), "big")
            if 2 + length > len(data):
                return bag.fail("tile.malformed", path)
            entries.append(data[2 : 2 + length])
            data = data[2 + length :]
        if len(entries) - before != min(256, size - before):
            return bag.fail("tile.malformed", path)
    hashes = [leaf(entry) for entry in entries]
    whole = root_of(hashes) == root
    for level, length in enumerate(lengths):
        for path, n in tiles(level, length).items():
            if path in bag.paths and bag.read(path) != b"".join(hashes[256 * n : 256 * n + 256]):
                bag.fail("tile.altered", path)
        hashes = [root_of(hashes[i : i + 256]) for i in range(0, len(hashes) - 255, 256)]
    check_census(bag, events, chains, registry, entries) if whole else bag.fail("tile.altered")

def check_census(bag, events, chains, registry, entries):
    """What the whole log has, and the bundle doesn't show."""
    end = events[-1]["index"] if events and is_export(events[-1]) else None
    end, (kind, data), seen = len(entries) if end is None else end, scope_of(events), set()
    said = [(index, entry["case"], entry["seq"]) for index, entry in enumerate(map(fields, map(json_of, entries)))
            if text(entry.get("case")) is not None and count(entry.get("seq")) is not None]
    others = [(index, stream) for index, stream, _ in said if stream != "registry" and index < end]
    wanted = {stream for _, stream in others} if kind == "everything" else set()
    if kind == "period":
        first, last = data["first"], end - 1 if data["last"] is None else data["last"]
        wanted = {stream for index, stream in others if first <= index <= last}
        wanted |= set([stream for index, stream in others if index < first][-1:] + [stream for index, stream in others if index > last][:1])
    for index, stream, seq in said:
        first, due = chains.get(stream, (0, 0))[:2]
        if stream == "registry" or stream in chains and first <= seq < due:
            bag.fail("stream.duplicate_events", stream) if (stream, seq) in seen else seen.add((stream, seq))
        elif stream in chains and seq >= due and index < end:
            bag.fail("stream.hidden_events", f"{stream} event {seq}")
    for stream in sorted(wanted - set(chains)):
        bag.fail("stream.hidden_events", stream)

# Section 8.11: the rules by which it was decided.
def check_policy_sets(bag, events, registry):
    said = [one["event"] for one in events if not one["gone"]] + registry
    named = {b for b in (text(fields(event.get("policy")).get("bundle")) for event in said) if b and re.fullmatch("sha256:[0-9a-f]{64}", b)}
    there = {path[len("data/policies/") :] for path in bag.paths if path.startswith("data/policies/")}
    for name in sorted(there):
        if hexed(bag.read("data/policies/" + name)) != name.removesuffix(".json"):
            bag.fail("policy_set.altered", name)
        elif "sha256:" + name[:64] not in named and not any(one["gone"] for one in events):
            bag.fail("policy_set.unrecorded", name)
    for digest in sorted(named - {"sha256:" + name.removesuffix(".json") for name in there}):
        bag.note("policy_set.missing", digest)

# Sections 5, 6, 8.7 to 8.10: what people decided, and under what authority it was done.
def registry_of(bag, head):
    registry, before = [], (-1, "0" * 64, -1)
    for line in bag.lines("data/registry.ndjson", "registry.malformed"):
        try:
            proof = read_proof(line, "event")
            event = fields(canonical(data := proof["event"])) if proof else {}
        except ValueError:
            event = {}
        if "redacted" in event or not is_event(event):
            bag.fail("registry.malformed")
            continue
        seq, body, index = event["seq"], hexed(data), proof["index"]
        entry = jcs({"body": body, "case": event["case"], "seq": seq, "v": 1}).encode()
        if head and leads_to(index, head[0], leaf(entry), proof["path"]) != head[1]:
            bag.fail("registry.proof", seq)
        elif event["case"] != "registry" or seq <= before[0] or (seq == before[0] + 1 and event["prev"] != before[1]):
            bag.fail("registry.chain", seq)
        elif index <= before[2] and not (event["type"] == "log.restarted" and index == 0):
            bag.fail("log.order", seq)
        else:
            registry.append({**event, "data": fields(event.get("data")), "index": index})
            before = (seq, body, max(before[2], index))
    return registry

def people(quorum):
    """How many have to approve; None where that can't be read."""
    if not isinstance(quorum, dict):
        return count(quorum)
    number = count(quorum.get("approvals"))
    return None if number is None else number + (quorum.get("owner") is True)

def check_decisions(bag, events, places, registry):
    told = [{**one, **one["event"]} for one in events if not one["gone"]]
    of = lambda *types: [event for event in told if event["type"] in types]
    name = lambda one, key: text(one["data"].get(key))
    current = lambda one: next((r for r in reversed(of("action.requested", "action.amended")) if (name(r, "request") or "") == name(one, "request") and r["case"] == one["case"] and r["seq"] < one["seq"]), None)
    for one in of("action.requested", "action.amended"):
        if people(one["data"].get("quorum")) is None:
            bag.fail("event.malformed", one["where"])
        if "action" not in one["data"] or "sha256:" + hexed(jcs(one["data"]["action"]).encode()) != one["data"].get("action_digest"):
            bag.fail("action.digest_mismatch", one["where"])
    for one in of("approval.recorded", "breakglass.invoked"):
        check_approval(bag, one, current(one), of("action.executed"), places, registry)

    folders = {folder_of(one) for one in of("approval.recorded", "breakglass.invoked")}
    for path in sorted(bag.paths) if not any(one["gone"] for one in events) else []:
        if path.startswith(("data/approvals/", "data/emergencies/")) and path[: path.rindex("/") + 1] not in folders:
            bag.fail("approval.unrecorded", path)

    signed_in = [one for one in of("approval.recorded") if name(one, "method") == "oidc-nonce"]
    account = lambda one: [one["case"], name(one, "request"), *map(text, map(fields(one["data"].get("sign_in")).get, ("issuer", "subject")))]
    approver = lambda one: one["actor"]["id"] if name(one, "approver") is None else name(one, "approver")
    for one in signed_in:
        if any(account(one) == account(other) and approver(one) != approver(other) for other in signed_in):
            bag.fail("approval.shared_account", one["where"])

def folder_of(one):
    if one["type"] == "breakglass.invoked":
        return f"data/emergencies/{text(one['data'].get('statement_sha256')) or ''}/"
    return f"data/approvals/{text(one['data'].get('approval')) or ''}/"

TEXTS = "action_digest approver aud case decision executor exp head iat nonce policy request requester".split()

def read_statement(signed):
    """Of section 5, or None."""
    try:
        value = fields(canonical(signed))
    except ValueError:
        return None
    good = value.get("type") == "onrecord.approval/v1" and type(value.get("revision")) is int and all(text(value.get(name)) is not None for name in TEXTS)
    return value if good and is_time(value["iat"]) and is_time(value["exp"]) else None

def check_approval(bag, one, request, executed, places, registry):
    fail = lambda code: bag.fail("approval." + code, one["where"])
    folder, glass = folder_of(one), one["type"] == "breakglass.invoked"  # signed like an approval, by who answers for going without
    data = {name: text(value) for name, value in one["data"].items()}
    decision, approver = "break-glass" if glass else data.get("decision"), data.get("invoker" if glass else "approver")
    approver = one["actor"]["id"] if approver is None else approver
    if folder + "statement.json" not in bag.paths:
        return fail("statement_missing")
    statement = read_statement(signed := bag.read(folder + "statement.json"))
    if hexed(signed) != data.get("statement_sha256") or statement is None:
        return fail("statement_altered")
    letting = decision in ("approve", "break-glass")
    asked = request["data"] if request else {}
    if request:
        expected = {name: text(asked.get(name)) for name in ("request", "requester", "executor", "action_digest")}
        expected |= {"request": expected["request"] or "", "revision": count(asked.get("revision")) or 0}
        expected |= {"approver": approver, "case": one["case"], "decision": decision}
        if any(statement[name] != value for name, value in expected.items()):
            fail("statement_mismatch")
        ran = [e for e in executed if text(e["data"].get("request")) == expected["request"]]
        owners = [text(asked.get("executor_owner"))] + [owner for e in ran for owner in (text(e["data"].get("executor_owner")), text(e["actor"].get("owner")))]
        if letting:
            fail("by_requester") if not glass and approver in (asked.get("requester"), asked.get("requester_accountable")) else None
            fail("by_executor") if approver == asked.get("executor") else None
            fail("by_executor_owner") if approver in owners else None
    least = "passkey" if decision == "break-glass" else fields(asked.get("quorum")).get("assurance")
    enough = {"passkey": ["webauthn"], "vouched": ["webauthn", "oidc-nonce"]}.get(least if text(least) else None, [data.get("method")])
    fail("too_weak") if letting and data.get("method") not in enough else None
    if not seconds(statement["iat"]) - 5 <= seconds(one["at"]) <= seconds(statement["exp"]):
        fail("out_of_time")
    stream, seq = places.get(statement["head"], (None, 0))
    if stream != one["case"] or seq >= one["seq"]:
        fail("head_unknown")
    if data.get("method") == "webauthn":
        check_passkey(bag, fail, folder, one, approver, statement, signed, registry)
    if data.get("method") == "oidc-nonce":
        check_sign_in(bag, fail, folder, one, approver, statement, signed, registry)

def check_passkey(bag, fail, folder, one, approver, statement, signed, registry):
    names = ("clientdata.json", "authdata.bin", "signature.bin", "credential.pem")
    if any(folder + name not in bag.paths for name in names):
        return fail("assertion_missing")
    client, auth, signature, pem = (bag.read(folder + name) for name in names)
    if hexed(auth + H(client) + signature) != one["data"].get("assertion_sha256"):
        fail("assertion_altered")
    credential = text(one["data"].get("credential_id"))
    is_mine = lambda event, kind: (event["type"] in (f"passkey.{kind}", f"credential.{kind}")
                                   and text(event["data"].get("credential_id")) == (credential or ""))
    enrolled = next((event for event in registry if is_mine(event, "enrolled")), None)
    key = spki_of(enrolled["data"].get("cose")) if enrolled else None
    if not key:
        return fail("key_not_enrolled")
    mine = enrolled["data"]
    fail("key_of_another") if text(mine.get("user")) != approver else None
    if one["index"] is not None:
        fail("key_enrolled_later") if enrolled["index"] >= one["index"] else None
        fail("key_revoked") if any(is_mine(e, "revoked") and e["index"] < one["index"] for e in registry) else None
    if text(mine.get("rp_id")) is None or text(mine.get("origin")) is None:
        return
    fail("key_mismatch") if key_of(pem) != key else None
    fail("statement_mismatch") if statement["aud"] != mine["origin"] else None
    said = json_of(client)
    flags = auth[32] if len(auth) >= 37 else 0
    for code, is_wrong in (
        ("malformed_client_data", not isinstance(said, (dict, list))),
        ("wrong_type", fields(said).get("type") != "webauthn.get"),
        ("wrong_challenge", fields(said).get("challenge") != url64(H(signed))),
        ("wrong_origin", fields(said).get("origin") != mine["origin"]),
        ("cross_origin", fields(said).get("crossOrigin", False) is not False or "topOrigin" in fields(said)),
        ("malformed_authenticator_data", len(auth) < 37),
        ("wrong_rp_id", auth[:32] != H(mine["rp_id"].encode())),
        ("user_not_present", not flags & 0x01),
        ("user_not_verified", not flags & 0x04),
        ("backup_state_impossible", flags & 0x18 == 0x10),
        ("bad_signature", not stands(key, auth + H(client), signature)),
    ):
        if is_wrong:
            return fail(code)

P256, ED25519 = (bytes.fromhex(prefix) for prefix in ("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "302a300506032b6570032100"))

def key_of(pem):
    """A SubjectPublicKeyInfo, or None: RFC 7468, however it is wrapped."""
    found = re.fullmatch(rb"-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END PUBLIC KEY-----\s*", pem)
    try:
        return un64(re.sub(rb"\s", b"", found[1]).decode()) if found else None
    except ValueError:
        return None

def spki_of(cose):
    """Of a COSE_Key (RFC 9052 7.1, 9053 7.1): a CBOR map of small integers to small integers and 32 bytes."""
    try:
        data = unurl(cose)
        count, at, found = data[0] - 0xA0, 1, {}
        for _ in range(count):
            name, at = data[at] if data[at] < 0x20 else 0x1F - data[at], at + 1
            if data[at : at + 2] == b"\x58\x20":
                found[name], at = data[at + 2 : at + 34], at + 34
            else:
                found[name], at = data[at] if data[at] < 0x20 else 0x1F - data[at], at + 1
        kind, x, y = (found[1], found[3], found[-1]), found[-2], found.get(-3)
        if at == len(data) and len(found) == count and kind == (2, -7, 1) and len(x) == len(y) == 32:
            return P256 + x + y
        return ED25519 + x if at == len(data) and len(found) == count and kind == (1, -8, 6) and len(x) == 32 else None
    except (ValueError, IndexError, KeyError, TypeError):
        return None

def check_sign_in(bag, fail, folder, one, approver, statement, signed, registry):
    if any(folder + name not in bag.paths for name in ("id-token.jwt", "issuer-jwks.json")):
        return fail("id_token_missing")
    token, keys = bag.read(folder + "id-token.jwt"), bag.read(folder + "issuer-jwks.json")
    bag.note("approval.issuer_keys_copied", one["where"])
    said = {name: text(value) for name, value in fields(one["data"].get("sign_in")).items()}
    if [hexed(token), hexed(keys)] != [one["data"].get("assertion_sha256"), said.get("issuer_jwks")]:
        fail("id_token_altered")
    try:
        head, body, signature = token.decode().split(".")
        header, claims, signature = json_of(unurl(head)), json_of(unurl(body)), unurl(signature)
    except ValueError:
        return fail("id_token_bad_signature")
    if header is None or claims is None:
        return fail("id_token_bad_signature")
    header, claims = fields(header), fields(claims)
    if not is_signed(header, keys, f"{head}.{body}".encode(), signature):
        fail("id_token_bad_signature")
    if claims.get("nonce") != url64(H(signed)):
        fail("wrong_nonce")
    aud, client = claims.get("aud"), said.get("client_id")
    audiences = aud if isinstance(aud, list) else [aud]
    is_mine = client in audiences and (claims["azp"] == client if "azp" in claims else len(audiences) == 1)
    named = [claims.get("iss"), claims.get("sub")] == [said.get("issuer"), said.get("subject")]
    if None in (client, said.get("issuer"), said.get("subject")) or not is_mine or not named:
        fail("id_token_mismatch")
    when = claims.get("auth_time")
    if type(when) is not int or not seconds(statement["iat"]) - 60 <= when <= seconds(one["at"]) + 60:
        fail("sign_in_stale")
    check_tie(fail, one, approver, [claims.get("iss"), claims.get("sub")], registry)

def check_tie(fail, one, approver, account, registry):
    told = [event for event in registry if event["type"] == "member.identified"]
    account = [text(name) for name in account]
    ties = [e for e in told if [e["data"].get("issuer"), e["data"].get("subject")] == account and None not in account]
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
    known = fields(json_of(keys)).get("keys")
    found = [key for key in map(fields, known if isinstance(known, list) else []) if text(header.get("kid")) is not None and key.get("kid") == header["kid"]]
    if len(found) != 1 or {"jku", "x5u", "jwk", "crit"} & set(header):
        return False
    try:
        return is_signed_by(found[0], header.get("alg"), message, signature)
    except (KeyError, ValueError):
        return False

def is_signed_by(key, alg, message, signature):
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
    head = check_head(bag, pathlib.Path(policy).read_text() if policy else bag.read("data/log/policy").decode())
    registry = registry_of(bag, head)
    events, chains, places = check_events(bag, head)
    check_scope(bag, events, chains, registry)
    if head:
        check_log(bag, events, chains, registry, *head)
    check_decisions(bag, events, places, registry)
    check_policy_sets(bag, events, registry)
    print("".join(f"({code})  {where}\n" for code, where in bag.noted), end="")
    print("".join(f"{code}  {where}\n" for code, where in bag.found) or "nothing failed\n", end="")
    return 1 if bag.found else 0

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
