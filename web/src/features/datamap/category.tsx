// Categories of personal data as people read them. The server's keys (Fideslang) stay what addresses and filters hold.
import { Badge } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, page, type Schemas } from "../../api/client";
import { IconAlert } from "../../ui/icons";
import { humanize, t } from "../../words/words";
import styles from "./datamap.module.css";

export type Category = Schemas["MapCategory"];

export const noCategory = "none";

export function useCategories(): readonly Category[] {
  const categories = useQuery({
    queryKey: ["categories"],
    queryFn: async ({ signal }) => (await page(api.GET("/v1/categories", { signal }))).items,
    staleTime: Infinity,
  });
  return categories.data ?? [];
}

// "Contact Data › Email": the names of a key and of those above it, without "User Data", which stands above them all.
export function categoryText(categories: readonly Category[], key: string): string {
  if (key === noCategory || key === "") return t("categories.none");
  const parts = key.split(".");
  const names = parts.map((part, level) => {
    const above = parts.slice(0, level + 1).join(".");
    return categories.find((category) => category.key === above)?.name ?? humanize(part);
  });
  return (names.length > 1 ? names.slice(1) : names).join(" › ");
}

export function useCategoryText(): (key: string) => string {
  const categories = useCategories();
  return (key) => categoryText(categories, key);
}

// Short, for tables; the way to it stands on the page of its field.
export function CategoryName({ category, special }: { category: string; special: boolean }) {
  const text = useCategoryText()(category);
  return (
    <span className={styles.category}>
      <span data-none={category === noCategory || undefined} title={text}>
        {text.split(" › ").at(-1)}
      </span>
      {special && <SpecialMark />}
    </span>
  );
}

// GDPR Art. 9(1) and 10, in words and with a sign: never by its color alone.
export function SpecialMark() {
  return (
    <Badge className={styles.special} variant="default" radius="sm" leftSection={<IconAlert size={13} />}>
      {t("categories.special")}
    </Badge>
  );
}
