// A dialog whose being open is part of the address ("?invite=1"), so that the palette and a copied link can open it.
import { useSearchParams } from "react-router";

export function useFlag(name: string): readonly [boolean, (on: boolean) => void] {
  const [params, setParams] = useSearchParams();
  const set = (on: boolean) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (on) next.set(name, "1");
        else next.delete(name);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  return [params.has(name), set];
}
