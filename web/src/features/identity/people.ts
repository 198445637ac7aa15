// Who is who, for screens that show people by name: everybody for those who may see the users, else oneself.
import { useQuery } from "@tanstack/react-query";
import { api, page } from "../../api/client";
import { useMay, useSession } from "../../api/session";
import { nameOf, t } from "../../words/words";

export interface Person {
  readonly id: string;
  readonly name: string;
}

const peopleMax = 200;

export function usePeople(): readonly Person[] {
  const may = useMay();
  const session = useSession();
  const users = useQuery({
    queryKey: ["users", "people"],
    queryFn: async ({ signal }) =>
      (await page(api.GET("/v1/users", { params: { query: { limit: peopleMax } }, signal }))).items,
    enabled: may("users.read"),
  });
  const { user_id: id, name } = session.data ?? {};
  return users.data ?? (id != null && name != null ? [{ id, name }] : []);
}

export function usePersonName(): (id: string | null | undefined) => string {
  const people = usePeople();
  return (id) =>
    id == null ? t("people.nobody") : (people.find((person) => person.id === id)?.name ?? t("people.somebody"));
}

interface Actor {
  readonly kind: string;
  readonly id?: string | null;
}

// Who acted: a person by name, everything else by its kind.
export function useActorName(): (actor: Actor) => string {
  const personName = usePersonName();
  return ({ kind, id }) => (kind === "user" ? personName(id) : nameOf("actor_kind", kind));
}
