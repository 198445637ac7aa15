// Saved views of a table: a name for the part of the address that holds its state. The server keeps them with the person, so they
// are there on every device; a shared one is seen by everybody. They hold no personal data (state.ts leaves such filters out).
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, page, type Schemas } from "../../api/client";

export type SavedView = Schemas["SavedView"];

export function useSavedViews(screen: string, wanted: boolean) {
  const queries = useQueryClient();
  const queryKey = ["saved-views", screen];
  const refresh = () => queries.invalidateQueries({ queryKey });
  const views = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      (await page(api.GET("/v1/saved-views", { params: { query: { screen } }, signal }))).items,
    enabled: wanted,
  });
  const save = useMutation({
    mutationFn: (view: { name: string; query: string; shared: boolean }) =>
      answer(api.POST("/v1/saved-views", { body: { screen, ...view } })),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/v1/saved-views/{id}", { params: { path: { id } } })),
    onSuccess: refresh,
  });
  return { views, save, remove };
}
