import { describe, expect, it } from "vitest";
import { addressOf, partsOf, type ConnectionKind } from "./storeAddress";

type Part = ConnectionKind["parts"][number];

function part(name: string, choices: readonly string[] = []): Part {
  return { name, label: name, help: "", needed: false, choices: choices.map((value) => ({ value, label: value })) };
}

function kindOf(name: string, schemes: string[], local: boolean, parts: Part[]): ConnectionKind {
  return { name, title: name, schemes, local, parts, cannot: [] };
}

const server = ["host", "port", "path", "user", "password", "sslmode"].map((name) => part(name));
const kinds = [
  kindOf("PostgreSQL", ["postgresql", "postgres"], false, server),
  kindOf("MariaDB", ["mysql", "mariadb"], false, server),
  kindOf("LDAP", ["ldap", "ldaps"], false, [part("scheme", ["ldaps", "ldap"]), ...server]),
  kindOf("S3", ["s3"], false, [...server, part("region")]),
  kindOf("SQLite", ["sqlite"], true, [part("path")]),
  kindOf("Folder", ["file"], true, [part("path"), part("key")]),
  kindOf("HTTP", ["api"], false, [...server, part("account")]),
];
const named = (name: string) => kinds.find((kind) => kind.name === name);

const known = [
  "postgresql://reader@db.example.org:5432/shop",
  "postgresql://reader@db.example.org/shop?sslmode=verify-full",
  "postgresql://[2001:db8::7]:5433/shop",
  "mysql://db.example.org/",
  "ldaps://dir.example.org/dc%3Dexample%2Cdc%3Dorg",
  "ldap://cn%3Dreader@dir.example.org/dc%3Dexample",
  "s3://key@objects.example.org/exports/2026?region=eu-west-1&sslmode=disable",
  "sqlite:///srv/shop.db",
  "file:///srv/exports%20of%202026?key=customer_no",
  "api:///stripe",
  "api://agent%40example.org@acme.example.org/zendesk?account=42",
];

describe("the address of a store", () => {
  it.each(known)("%s is asked for in fields that make it again", (address) => {
    const { kind, values } = partsOf(kinds, address);
    expect(kind).not.toBe("address");
    const made = addressOf(named(kind), values);
    expect([...new URL(made).searchParams].sort()).toEqual([...new URL(address).searchParams].sort());
    expect(made.split("?")[0]).toBe(address.split("?")[0]);
  });

  it("keeps a user's name whole, whatever stands in it", () => {
    const address = addressOf(named("MariaDB"), { host: "db.example.org", user: "a@b/c", path: "shop" });
    expect(address).toBe("mysql://a%40b%2Fc@db.example.org/shop");
    expect(partsOf(kinds, address).values["user"]).toBe("a@b/c");
  });

  it("begins with the scheme that is offered first", () => {
    expect(addressOf(named("LDAP"), { host: "dir.example.org", path: "dc=x" })).toBe("ldaps://dir.example.org/dc%3Dx");
  });

  it.each([
    "postgresql://db.example.org/shop?host=/run/postgresql",
    "postgres://db.example.org/shop",
    "gopher://x.example.org/0",
  ])("%s stays an address, for no fields say it", (address) => {
    expect(partsOf(kinds, address)).toEqual({ kind: "address", values: { address } });
    expect(addressOf(undefined, { address })).toBe(address);
  });
});
