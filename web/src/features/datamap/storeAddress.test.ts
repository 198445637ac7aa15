import { describe, expect, it } from "vitest";
import { addressOf, partsOf } from "./storeAddress";

const known = [
  "postgresql://reader@db.example.org:5432/shop",
  "postgresql://reader@db.example.org/shop?sslmode=verify-full",
  "postgresql://[2001:db8::7]:5433/shop",
  "mysql://db.example.org/",
  "sqlite:///srv/shop.db",
  "file:///srv/exports%20of%202026",
];

describe("the address of a store", () => {
  it.each(known)("%s is asked for in fields that make it again", (address) => {
    const parts = partsOf(address);
    expect(parts.store_kind).not.toBe("address");
    expect(addressOf(parts)).toBe(address);
  });

  it("keeps a user's name whole, whatever stands in it", () => {
    const address = addressOf({ store_kind: "mysql", host: "db.example.org", store_user: "a@b/c", database: "shop" });
    expect(address).toBe("mysql://a%40b%2Fc@db.example.org/shop");
    expect(partsOf(address).store_user).toBe("a@b/c");
  });

  it.each(["postgresql://db.example.org/shop?host=/run/postgresql", "redis://cache.example.org/0"])(
    "%s stays an address, for no fields say it",
    (address) => {
      expect(partsOf(address)).toEqual({ store_kind: "address", address });
      expect(addressOf(partsOf(address))).toBe(address);
    },
  );
});
