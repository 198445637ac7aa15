#!/usr/bin/env python3
"""Makes src/detect/model/values.model from lists of values; see README.md.

  tools/values/train.py [--measure] [--lists made.tsv] [--names FOLDER] [--build build]

With --measure it leaves the committed model alone, learns from all languages but those of HELD_OUT, and prints how it judges cells of those.
"""

import argparse
import collections
import csv
import pathlib
import random
import re
import subprocess
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEED = 28
HELD_OUT = {"is", "ca", "lv", "km", "sw"}
# Cells of each kind; the languages share them.
COUNTS = {"first": 70000, "last": 70000, "full": 75000, "city": 80000, "region": 14000, "country": 24000, "street": 50000, "address": 28000, "job": 60000, "company": 50000, "user": 40000, "slug": 20000, "product": 38000, "category": 30000,
          "title": 32000, "phrase": 36000, "thing": 56000, "place_thing": 14000, "quantity": 20000, "zone": 4000, "code": 24000, "other": 10000, "special": 8000}
LEARNED_AS = {"quantity": "thing"}
# A cell is learned from so often at most: few lists are long.
REPEATS_MAX = 24
LAST_FIRST = {"zh", "ja", "ko", "hu", "vi", "CN", "JP", "KR", "HU", "TW", "KH"}
TWO_LAST = {"es", "pt", "ES", "MX", "PT", "AR", "CL", "PE", "CO", "CR", "SV", "CU", "DO", "GT", "PY"}
UPPER, LOWER, PLAIN, JOINED, NUMBERED = .05, .03, .05, .03, .12  # shares of cells that are written in capitals, in small letters, without accents, LikeThis, with a number or a size
# Legal forms of companies, as laws and registers write them, before or behind a name.
FORMS = {"bg": "* ЕООД|* ООД|* АД|* ЕАД|ЕТ *|* КД|* КДА|* СД", "ko": "(주) *|(유) *|주식회사 *|유한회사 *|*(주)|(주)*", "ja": "株式会社*|有限会社*|*株式会社|*有限会社|合同会社*", "ru": "ООО *|АО *|ПАО *|ИП *|ЗАО *|ООО «*»|ОАО «*»",
         "uk": "ТОВ *|ПАТ *|ФОП *|ТОВ «*»|ПрАТ *", "de": "* GmbH|* AG|* KG|* OHG|* e.V.|* GmbH & Co. KG|* UG|* & Söhne|Gebr. *|* Stiftung & Co. KG", "fr": "* SA|* SARL|* SAS|* et Fils|Groupe *|* SA|Maison *", "it": "* s.r.l.|* S.p.A.|* SNC|* e figli|* s.a.s.|Gruppo *",
         "es": "* S.L.|* S.A.|* e Hijos|Grupo *|* S.A. de C.V.|* y Asociados|* S.R.L.", "pt": "* Ltda.|* S/A|* e Filhos|Grupo *|* ME|* Lda.|* S.A.", "nl": "* B.V.|* NV|* VOF|* BVBA|* en Zonen|* Groep", "sv": "* AB|* HB|* KB|* & Söner AB|* Handelsbolag",
         "nb": "* AS|* ASA|* ANS|* og Sønner|* DA", "da": "* A/S|* ApS|* I/S|* & Sønner|* K/S", "fi": "* Oy|* Oyj|* Ky|* Tmi|* Osk", "et": "* OÜ|* AS|* FIE|OÜ *", "lv": "SIA *|AS *|SIA \"*\"|* SIA", "lt": "UAB *|AB *|UAB „*“|* IĮ", "pl": "* sp. z o.o.|* S.A.|* s.c.|Fundacja *|PPUH *|* Sp.j.|Spółdzielnia *",
         "cs": "* s.r.o.|* a.s.|* v.o.s.|* k.s.|* spol. s r.o.", "sk": "* s.r.o.|* a.s.|* k.s.|* v.o.s.", "hu": "* Kft.|* Zrt.|* Nyrt.|* Bt.|* Kht.|* és Társa", "ro": "SC * SRL|* SRL|* SA|* și Fiii|* PFA|* SCS|* SNC|* SCA", "hr": "* d.o.o.|* d.d.|* j.d.o.o.|Obrt *",
         "sl": "* d.o.o.|* d.d.|* s.p.|* in sinovi|* d.n.o.|* k.d.", "sr": "* d.o.o.|* а.д.|* ДОО|СЗР *", "el": "* ΑΕ|* ΕΠΕ|* ΟΕ|* Α.Ε.|Αφοί * ΟΕ|* & ΥΙΟΙ", "tr": "* A.Ş.|* Ltd. Şti.|* Holding|* Ticaret|* San. ve Tic. A.Ş.", "id": "PT *|CV *|UD *|PT * Tbk|Yayasan *|Perum *|Fa *|PD *",
         "en": "* Ltd|* Inc|* LLC|* PLC|* Group|* and Sons|* & Co.|* Pty Ltd|* Holdings|* Limited|* Corp|* Partners|* Brothers|* Services", "zh": "*有限公司|*科技有限公司|*集团|*股份有限公司|*網路有限公司|*传媒有限公司|*事務所", "th": "บริษัท * จำกัด|หจก. *|ร้าน *|บจก. *|บมจ. *",
         "vi": "Công ty TNHH *|Công ty Cổ phần *|CTCP *|DNTN *", "he": "* בע\"מ|* ובניו|קבוצת *|* ושות'", "ar": "شركة *|مؤسسة *|مجموعة *|* وأولاده|شركة * ذ.م.م", "fa": "شرکت *|گروه *|موسسه *|* و پسران", "hi": "* प्राइवेट लिमिटेड|* एंड संस|* ट्रेडर्स|* इंडस्ट्रीज", "ka": "შპს *|სს *|ი/მ *", "hy": "* ՍՊԸ|* ՓԲԸ",
         "az": "* MMC|* ASC", "kk": "ЖШС *|ТОО *|АҚ *", "is": "* ehf.|* hf.", "ne": "* प्रा. लि.|* ट्रेडर्स"}


def read_lists(paths):
    """By kind and language the values."""
    lists = collections.defaultdict(lambda: collections.defaultdict(dict))
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            parts = line.split("\t")
            if len(parts) != 3 or line.startswith("#"):
                continue
            for value in parts[2].split("|"):
                if value.strip() and parts[1] in COUNTS:
                    lists[parts[1]][parts[0]][" ".join(value.split())] = True
    return lists


def add_popular(lists, folder):
    """Frequent names by country, as people there write them and in Latin letters."""
    for name, kind in (("common-forenames-by-country.csv", "first"), ("common-surnames-by-country.csv", "last")):
        with open(folder / "popular" / name, encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                local, latin = row["Localized Name"].strip(), row["Romanized Name"].strip()
                for name in local.split("/"):
                    if name.strip():
                        lists[kind][row["Country"]][name.strip()] = True
                if latin and latin != local:
                    lists[kind][row["Country"] + "_latin"][latin] = True
    for name, kind in (("city_names.tsv", "city"), ("first_names.tsv", "first"), ("last_names.tsv", "last")):
        for line in (folder / "faker" / name).read_text(encoding="utf-8").splitlines()[1:]:
            locale, _, value = line.partition("\t")
            if value and "{{" not in value:
                lists[kind][locale][value] = True


def add_corpora(lists):
    """Columns of the corpora that may be looked at: what is nobody's, and what is of kinds of which the model says nothing."""
    kinds = {"none": "other", "name": "full", "name.first": "first", "name.last": "last", "job_title": "job", "contact.address.city": "city", "contact.address.street": "street", "contact.address.state": "region", "account.username": "user"}
    for path in sorted((ROOT / "tests/corpora/detect").glob("columns*.txt")):
        if "held_out" in path.name:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or "\t" not in line:
                continue
            label, values = line.split("\t", 1)
            category = label.split(" ")[0]
            special = category.startswith(("health", "demographic", "criminal", "biometric")) and "birth" not in category
            kind = kinds.get(category, "special" if special else None)
            for value in values.split("|"):
                if kind and any(c.isalpha() for c in value) and len(value) < 120:
                    lists[kind][path.stem][value.strip()] = True


def plain(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).replace("ł", "l").replace("ø", "o").replace("ß", "ss").replace("đ", "d").replace("ı", "i")


class Maker:
    """Cells of a kind in a language that no list holds: made of what lists hold."""

    def __init__(self, lists, rng):
        self.rng = rng
        self.lists = {kind: {language: sorted(values) for language, values in by.items()} for kind, by in lists.items()}
        self.latin = [language for language, values in self.lists["last"].items() if sum(value.isascii() for value in values) > len(values) // 2 and language in self.lists["first"]]

    def one(self, kind, language):
        return self.rng.choice(self.lists[kind][language])

    def full(self, language):
        first, last, root = self.one("first", language), self.one("last", language), language.split("_")[0]
        if root in TWO_LAST and self.rng.random() < .5:
            last += " " + self.one("last", language)
        chance = self.rng.random()
        if root in LAST_FIRST:
            return last + ("" if root in ("zh", "ja", "ko", "CN", "JP", "KR", "TW") and not last.isascii() and chance < .7 else " ") + first
        if chance < .07:
            return f"{last}, {first}"
        if chance < .12:
            return f"{first[0]}. {last}"
        if chance < .16:
            return f"{first} {self.one('first', language)[0]}. {last}"
        if chance < .24:
            return f"{first} {self.one('first', language)} {last}"
        if chance < .27:
            return f"{last} {first}"
        return f"{first} {last}"

    def user(self):
        language = self.rng.choice(self.latin)
        first, last = ("".join(c for c in plain(self.one(kind, language)).lower() if c.isascii() and (c.isalnum() or c == "-")) for kind in ("first", "last"))
        if len(first) < 2 or len(last) < 2:
            return "user" + str(self.rng.randrange(100))
        digits = str(self.rng.choice([self.rng.randrange(10), self.rng.randrange(10, 100), self.rng.randrange(10, 100), self.rng.randrange(1950, 2012)]))
        return self.rng.choice([f"{first[0]}{last}", f"{first[0]}{last}", f"{last}{first[0]}", f"{first}.{last}", f"{last}.{first}", f"{first}_{last}", f"{first}{digits}", f"{first}_{digits}", f"{last}{digits}", f"{first}{last}", f"{last}{first}",
                                f"{first[0]}.{last}", f"{first[0]}{last}{digits}", f"{first}-{last}", f"{first}.{last}{digits}", self.rng.choice("abcdefghijklmnoprstuvwxz") + last])

    def slug(self):
        language = self.rng.choice(self.latin)
        names = ["".join(c for c in plain(self.one("last", language)).lower() if c.isascii() and (c.isalnum() or c == "-")) for _ in range(3)]
        form = self.rng.choice(["ltd", "gmbh", "inc", "group", "sa", "srl", "ab", "kft", "doo", "bv", "spa", "as", "oy", "sons"])
        return self.rng.choice([names[0], names[0], "-".join(names[:2]), "-".join(names[:2]), "-".join(names), f"{names[0]}-{form}", names[0]]) or "shop"

    def quantity(self, cell):
        """Another number instead of the one that the list has; the unit with a word of a thing now and then."""
        number = self.rng.choice([str(self.rng.randrange(1, 13)), str(self.rng.randrange(1, 100)), str(5 * self.rng.randrange(1, 200)), f"{self.rng.randrange(0, 20)}.{self.rng.randrange(1, 10)}", f"{self.rng.randrange(0, 20)},{self.rng.randrange(1, 10)}",
                                  f"{self.rng.randrange(1, 10)}-{self.rng.randrange(10, 30)}", f"{self.rng.randrange(1, 20)}x{self.rng.randrange(1, 100)}", f"{self.rng.randrange(1, 20)} x {self.rng.randrange(1, 100)}"])
        return re.sub(r"[0-9]+(?:[.,][0-9]+)?", number, cell, count=1) if self.rng.random() < .7 else cell

    def company(self, language):
        forms = FORMS[language.split("_")[0]].split("|")
        last = self.one("last", language)
        joined = self.rng.choice([last, last, f"{last} {self.one('last', language)}", f"{last}-{self.one('last', language)}", f"{last}, {self.one('last', language)}"])
        return self.rng.choice(forms).replace("*", joined)

    def cell(self, kind, language):
        chance = self.rng.random()
        both = language in self.lists["first"] and language in self.lists["last"]
        if kind == "full" and both and (chance < .6 or language not in self.lists["full"]):
            return self.full(language)
        if kind == "user" and chance < .7:
            return self.user()
        if kind == "code" and chance < .08:
            return self.user() + self.rng.choice([".jpg", ".png", ".pdf", ".docx", ".csv", ".gif", ".xlsx", ".mp4"])
        if kind == "slug" and chance < .6:
            return self.slug()
        if kind == "company" and language in self.lists["last"] and language.split("_")[0] in FORMS and (chance < .3 or language not in self.lists["company"]):
            return self.company(language)
        if kind == "company" and chance > .96 and language in self.lists["last"]:
            return f"{self.one('last', language)}-{self.one('last', language)}"
        return self.one(kind, language)

    def languages(self, kind):
        languages = dict.fromkeys(self.lists[kind])
        if kind == "full":
            languages |= dict.fromkeys(language for language in self.lists["first"] if language in self.lists["last"])
        if kind == "company":
            languages |= dict.fromkeys(language for language in self.lists["last"] if language.split("_")[0] in FORMS)
        return sorted(languages)

    def size(self, kind, language):
        made = len(self.lists["last"].get(language, ())) * 4 if kind in ("full", "company") else 4000 if kind in ("user", "slug") else 0
        return len(self.lists[kind].get(language, ())) + made

    def cells(self):
        for kind, count in COUNTS.items():
            languages = self.languages(kind)
            shares = {language: min(self.size(kind, language), 3000) ** .3 for language in languages}
            whole = sum(shares.values())
            for language in languages:
                most = REPEATS_MAX * self.size(kind, language)
                for _ in range(min(most, max(1, round(count * shares[language] / whole)))):
                    yield LEARNED_AS.get(kind, kind), self.written(kind, self.cell(kind, language))

    def written(self, kind, cell):
        chance = self.rng.random()
        if kind in ("user", "slug", "zone", "code"):
            return cell
        if kind == "quantity":
            return self.quantity(cell)
        if chance < UPPER:
            return cell.upper()
        if chance < UPPER + LOWER and kind not in ("first", "last"):
            return cell.lower()
        if chance > 1 - NUMBERED and kind in ("thing", "product", "place_thing", "category"):
            n = self.rng.choice([self.rng.randrange(1, 10), self.rng.randrange(1, 100), self.rng.randrange(10, 1000), 5 * self.rng.randrange(1, 200)])
            return cell + self.rng.choice([" *", " *", " 0*", " *g", " * g", " * kg", ", * ml", " * l", " * cm", " *x*", " *х*", " #*", "-*", " *%", " *,5%", " (*)", " No. *", " * pcs", " * шт", " V*", " *.0", " *W"]).replace("*", str(n))
        if chance > 1 - NUMBERED - JOINED and kind in ("thing", "product", "title", "category"):
            return "".join(word[:1].upper() + word[1:] for word in cell.split(" "))
        return plain(cell) if UPPER + LOWER < chance < UPPER + LOWER + PLAIN else cell


def drop(lists, languages):
    """Without them; what was there."""
    dropped = collections.defaultdict(dict)
    for kind, by in lists.items():
        for language in [language for language in by if language.split("_")[0] in languages]:
            dropped[kind][language] = by.pop(language)
    return dropped


def write(path, cells):
    path.write_text("".join(f"{kind}\t{cell}\n" for kind, cell in cells if cell.strip()), encoding="utf-8")
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--lists", help="what lists.mjs printed, when it is at hand")
    parser.add_argument("--names", required=True, help="frequent names by country: the folder with popular and faker")
    parser.add_argument("--build", default=str(ROOT / "build"))
    parser.add_argument("--out")
    options = parser.parse_args()
    work = pathlib.Path(options.build) / "values"
    work.mkdir(parents=True, exist_ok=True)
    made = pathlib.Path(options.lists) if options.lists else work / "made.tsv"
    if not options.lists:
        made.write_bytes(subprocess.run(["node", "lists.mjs"], cwd=HERE, check=True, stdout=subprocess.PIPE).stdout)
    lists = read_lists([*sorted((HERE / "lists").glob("*.tsv")), made])
    add_popular(lists, pathlib.Path(options.names))
    add_corpora(lists)
    unseen = drop(lists, HELD_OUT) if options.measure else {}
    cells = list(Maker(lists, random.Random(SEED)).cells())
    trainer = str(next(pathlib.Path(options.build).rglob("privity_train_values")))
    out = options.out or str(work / "held-out.model" if options.measure else ROOT / "src/detect/model/values.model")
    subprocess.run([trainer, "--out", out, str(write(work / "cells.tsv", cells))], check=True)
    print(out, pathlib.Path(out).stat().st_size, "bytes")
    if not options.measure:
        return
    kept = write(work / "unseen.tsv", [(f"{kind}", value) for kind, by in sorted(unseen.items()) for language, values in sorted(by.items()) for value in values])
    right = collections.Counter()
    seen = collections.Counter()
    for line in subprocess.run([trainer, "--judge", out, str(kept)], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines():
        best, kind, _ = line.split("\t")
        seen[kind] += 1
        right[kind] += best.split(" ")[0] == kind
    for kind in sorted(seen):
        print(f"{kind}: {right[kind]} of {seen[kind]}")


if __name__ == "__main__":
    main()
