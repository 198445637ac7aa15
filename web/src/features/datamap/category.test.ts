import { describe, expect, it } from "vitest";
import { categoryText, type Category } from "./category";

const categories: Category[] = [
  { key: "user", name: "User Data", is_special: false },
  { key: "user.contact", name: "Contact Data", is_special: false },
  { key: "user.contact.email", name: "Email", is_special: false },
];

describe("a category in words", () => {
  it("names what it is part of", () => {
    expect(categoryText(categories, "user.contact.email")).toBe("Contact Data › Email");
    expect(categoryText(categories, "user.contact")).toBe("Contact Data");
    expect(categoryText(categories, "user")).toBe("User Data");
  });

  it("says plainly that there is none", () => {
    expect(categoryText(categories, "none")).toBe("No personal data");
  });

  it("shows a key that a newer server sends, made readable", () => {
    expect(categoryText(categories, "user.contact.pager_number")).toBe("Contact Data › Pager number");
  });
});
