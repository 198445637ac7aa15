"""How national, financial and device numbers are found: `python3 tools/accuracy/ids.py build/privity ../shared/data/ids/stdnum_vectors.tsv`."""
import collections
import csv
import json
import subprocess
import sys
import tempfile

# Products, securities, documents, references and mere check digits: nobody's number.
IMPERSONAL = {"isbn", "issn", "ean", "isin", "bic", "lei", "ismn", "isil", "isrc", "isan", "cusip", "figi", "grid", "imo", "gs1_128",
              "casrn", "iso6346", "iso9362", "iso11649", "luhn", "verhoeff", "damm", "eu.banknote", "eu.eic", "es.cups", "de.wkn", "gb.sedol",
              "us.rtn", "nz.bankaccount", "mac", "eu.at_02", "es.referenciacatastral", "be.ogm_vcs", "at.businessid", "at.postleitzahl",
              "ch.esr", "isni", "ch.vat", "eu.nace", "iso7064", "it.aic", "fr.accise", "eu.excise", "ca.bc_phn", "us.ptin", "eu.oss", "eu.ecnumber",
              "se.postnummer", "nl.postcode", "ee.registrikood"}
ENTITIES = {"national_id", "tax_id", "passport", "driving_licence", "health_id", "vehicle", "bank_account", "credit_card", "device_id",
            "crypto", "other_id", "phone"}


def hit(privity, texts):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as given, tempfile.NamedTemporaryFile("r", suffix=".jsonl") as found:
        for i, text in enumerate(texts):
            given.write(json.dumps({"id": i, "text": text}) + "\n")
        given.flush()
        subprocess.run([privity, "detect", "text", "--in", given.name, "--out", found.name], check=True, stderr=subprocess.DEVNULL)
        return [any(s["entity"] in ENTITIES - {"phone"} for s in json.loads(line)["spans"]) for line in found]


def main():
    privity, path = sys.argv[1:3]
    rows = [r for r in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t")]
    rows = [r for r in rows if r["module"] not in IMPERSONAL and r["module"].split(".")[0] not in IMPERSONAL]
    for how in ("named", "bare"):
        texts = [(r["title"].split("(")[0].split(",")[0].strip() + ": " if how == "named" else "") + r["number"] for r in rows]
        got = hit(privity, texts)
        valid = [(r, g) for r, g in zip(rows, got) if r["verdict"] == "valid"]
        wrong = [(r, g) for r, g in zip(rows, got) if r["verdict"] != "valid"]
        recall = sum(g for _, g in valid) / len(valid)
        decoys = sum(g for _, g in wrong) / max(1, len(wrong))
        precision = sum(g for _, g in valid) / max(1, sum(got))
        print(f"{how}: {len(valid)} valid, recall {recall:.3f}; {len(wrong)} invalid, hit {decoys:.3f}; F1 {2 * precision * recall / (precision + recall):.3f}")
        if "--errors" in sys.argv and how == "named":
            by = collections.defaultdict(lambda: [0, 0, ""])
            for r, g in valid:
                by[r["module"]][0] += g
                by[r["module"]][1] += 1
                by[r["module"]][2] = r["title"] + " " + r["number"]
            for m, (a, b, t) in sorted(by.items(), key=lambda x: x[1][0] / x[1][1]):
                if a / b < 0.8:
                    print("missed", m, f"{a}/{b}", t)
            for r, g in wrong:
                if g:
                    print("decoy", r["module"], r["title"], r["number"], r.get("note"))


if __name__ == "__main__":
    main()
