// A dialog whose being open is part of the address ("?invite=1"), so that the palette and a copied link can open it.
import { useAddress, withParam } from "./useAddress";

export function useFlag(name: string): readonly [boolean, (on: boolean) => void] {
  const [params, change] = useAddress();
  return [params.has(name), (on) => change((now) => withParam(now, name, on ? "1" : null))];
}
