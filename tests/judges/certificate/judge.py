#!/usr/bin/env python3
"""A stranger's check of a certificate, written from docs/formats/certificate.md, ledger-entry.md and ledger-tree.md alone.

  judge.py FILE --key VERIFIER     exit 0: it holds; 1: it does not, with the reason; 77: this machine has no Ed25519
"""
import argparse
import base64
import hashlib
import json
import sys

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit(77)


class Refused(Exception):
    pass


def need(condition, reason):
    if not condition:
        raise Refused(reason)


def once(pairs):
    members = dict(pairs)
    need(len(members) == len(pairs), "a member is there twice")
    return members


# The members of docs/formats/certificate.md; "?" ends the name of one that need not be there, "*" is any name.
PLACE = {"dataset": str, "space": str, "name": str}
NOT_READ = [{"collection": PLACE, "code": str}]
COLLECTION = {
    "id": PLACE, "found": int, "deleted": int, "changed": int, "kept": int, "not_theirs": int, "failed": {"*": int}, "keep_ground": str,
    "kept_fields": {"*": str}, "not_covered": str, "shredded?": int, "sealed_fields?": {"*": PLACE}, "not_shredded?": str,
    "moved_to?": PLACE, "entry": int,
}
REPORT = {
    "stage": str, "collections": [{"collection": PLACE, "records": int, "leftovers": int, "kept": int}], "not_read": NOT_READ,
}
ORDER = {"system": str, "act": str, "medium": str, "outcome": str, "answered_at": str, "evidence": int, "entry": int}
CERTIFICATE = {
    "origin": str, "erasure": str, "request": str, "planned_at": str, "issued_at": str, "plan_digest": str, "act?": str,
    "collections": [COLLECTION], "missing": [{"from": PLACE, "to": PLACE, "fields": [str], "count": int}], "not_read": NOT_READ,
    "boundaries": [{"from": PLACE, "to": PLACE, "fields": [str], "reason": str, "count": int}],
    "checks": [{"at": str, "report": REPORT, "entry": int}], "orders?": [ORDER], "checkpoint": str,
    "entries": [{"index": int, "leaf": str, "path": [str]}],
}


def fit(value, shape, name):
    if isinstance(shape, list):
        need(isinstance(value, list), name + " is no list")
        for each in value:
            fit(each, shape[0], name)
    elif isinstance(shape, dict):
        need(isinstance(value, dict), name + " has no members")
        for member in () if "*" in shape else shape:
            need(member.endswith("?") or member in value, name + " lacks " + member)
        for member, inner in value.items():
            known = shape.get("*", shape.get(member, shape.get(member + "?")))
            need(known is not None and not member.endswith("?"), name + " has an unknown member " + member)
            fit(inner, known, member)
    else:
        need(isinstance(value, shape) and not isinstance(value, bool) and (shape is str or value >= 0), name + " is something else")


def canonical(value):
    # RFC 8785 for what a certificate holds: objects, lists, texts, whole numbers. Names sort by UTF-16 code units.
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def open_note(text, signatures, verifier):
    name, key_id, encoded = verifier.split("+", 2)
    key = base64.b64decode(encoded, validate=True)
    need(len(key) == 33 and key[0] == 1, "the verifier is no Ed25519 key")
    expected = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    need(expected.hex() == key_id, "the verifier's id is not its key's")
    for line in signatures.splitlines():
        need(line.startswith("\u2014 "), "not a signature line")
        signer, _, signature = line[2:].partition(" ")
        raw = base64.b64decode(signature, validate=True)
        if signer == name and raw[:4] == expected:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(raw[4:], text.encode())
            return name
    raise Refused("no signature of this key")


def root_of(leaf, index, size, path):
    # RFC 9162, section 2.1.3.2.
    need(0 <= index < size, "the entry is not in the tree")
    node, last, at = hashlib.sha256(b"\0" + leaf).digest(), size - 1, index
    for sibling in path:
        need(last > 0, "the path is too long")
        if at & 1 or at == last:
            node = hashlib.sha256(b"\1" + sibling + node).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\1" + node + sibling).digest()
        at, last = at >> 1, last >> 1
    need(last == 0, "the path is too short")
    return node


def details(certificate, position, action, kind="erasure", member="erasure"):
    need(0 <= position < len(certificate["entries"]), "an entry is missing")
    entry = json.loads(certificate["entries"][position]["leaf"])["entry"]
    need(entry["action"] == action, "an entry is about something else")
    need(entry["object"] == {"kind": kind, "id": certificate[member]}, "an entry is of another erasure")
    return entry["details"]


def check(text, verifier):
    file = json.loads(text, object_pairs_hook=once)
    fit(file, {"certificate": CERTIFICATE, "signature": str}, "the file")
    certificate = file["certificate"]
    signed = "privity-certificate/v1\n" + canonical(certificate) + "\n"
    name = open_note(signed, file["signature"], verifier)
    need(certificate["origin"] == name, "another ledger")
    if certificate["entries"]:
        body, _, signatures = certificate["checkpoint"].partition("\n\n")
        open_note(body + "\n", signatures, verifier)
        origin, size, root = body.split("\n")[:3]
        need(origin == name, "a checkpoint of another ledger")
        for entry in certificate["entries"]:
            path = [base64.b64decode(each, validate=True) for each in entry["path"]]
            found = root_of(entry["leaf"].encode(), entry["index"], int(size), path)
            need(found == base64.b64decode(root), "an entry is not in the ledger")
    need(certificate.get("act") in (None, "change"), "an act that this check does not know")
    outcome = "fulfil.collection.changed" if "act" in certificate else "fulfil.collection.erased"
    looks = {"planned": "fulfil.erasure.rechecked", "sweep": "fulfil.erasure.swept", "walk": "fulfil.erasure.walked"}
    for task, each in enumerate(certificate["collections"]):
        recorded = details(certificate, each["entry"], outcome)
        failed = sum(each["failed"].values())
        numbers = {name: each[name] for name in ("deleted", "changed", "kept", "not_theirs")} | {"failed": failed}
        if "shredded" in each:
            need(each["shredded"] > 0, "shredded, and nothing was")
            numbers["shredded"] = each["shredded"]
        need(recorded == numbers | {"task": task}, "a number that the ledger did not record")
        need(each["found"] == sum(numbers.values()), "numbers that do not add up")
    for each in certificate["checks"]:
        report = each["report"]
        need(details(certificate, each["entry"], looks[report["stage"]]) == {
            "collections": len(report["collections"]),
            "leftovers": sum(one["leftovers"] for one in report["collections"]),
            "not_read": len(report["not_read"]),
        }, "a check that the ledger did not record")
    for each in certificate.get("orders", []):
        recorded = details(certificate, each["entry"], "orders.order.answered", "rights_request", "request")
        for name in ("act", "outcome", "evidence"):
            need(recorded[name] == each[name], "an answer that the ledger did not record")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file")
    arguments.add_argument("--key", required=True)
    given = arguments.parse_args()
    try:
        with open(given.file, encoding="utf-8") as file:
            check(file.read(), given.key)
    except (Refused, InvalidSignature, ValueError, KeyError, TypeError) as problem:
        print(f"refused: {problem or 'the signature is wrong'}", file=sys.stderr)
        return 1
    print("it holds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
