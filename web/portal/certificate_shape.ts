// Which members a certificate has, by the tables of docs/formats/certificate.md. What has another one, or lacks one, was written by
// something that this check does not know: it says nothing about such a file.
type Shape = (value: unknown) => boolean;

const text: Shape = (value) => typeof value === "string";
const count: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;

function oneOf(...words: readonly string[]): Shape {
  return (value) => words.some((word) => word === value);
}

function listOf(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(shape);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Names that the company's stores choose, each with a value of one shape.
function named(shape: Shape): Shape {
  return (value) => isObject(value) && Object.values(value).every(shape);
}

function members(needed: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape {
  const known = new Map(Object.entries({ ...needed, ...optional }));
  return (value) =>
    isObject(value) &&
    Object.keys(needed).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, member]) => known.get(name)?.(member) === true);
}

const place = members({ dataset: text, space: text, name: text });
const notRead = listOf(members({ collection: place, code: text }));
const collection = members(
  {
    id: place,
    found: count,
    deleted: count,
    changed: count,
    kept: count,
    not_theirs: count,
    failed: named(count),
    keep_ground: text,
    kept_fields: named(text),
    not_covered: text,
    entry: count,
  },
  { shredded: count, sealed_fields: named(place), not_shredded: text, moved_to: place },
);
const report = members({
  stage: oneOf("planned", "sweep", "walk"),
  collections: listOf(members({ collection: place, records: count, leftovers: count, kept: count })),
  not_read: notRead,
});
const order = members({
  system: text,
  act: text,
  medium: text,
  outcome: text,
  answered_at: text,
  evidence: count,
  entry: count,
});
const certificate = members(
  {
    origin: text,
    erasure: text,
    request: text,
    planned_at: text,
    issued_at: text,
    plan_digest: text,
    collections: listOf(collection),
    boundaries: listOf(members({ from: place, to: place, fields: listOf(text), reason: text, count })),
    missing: listOf(members({ from: place, to: place, fields: listOf(text), count })),
    not_read: notRead,
    checks: listOf(members({ at: text, report, entry: count })),
    checkpoint: text,
    entries: listOf(members({ index: count, leaf: text, path: listOf(text) })),
  },
  { act: oneOf("change"), orders: listOf(order) },
);

export const isCertificateFile: Shape = members({ certificate, signature: text });
