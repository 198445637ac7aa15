// Deciding what scans found: all of the changes given, or none. Done at once, and taken back by the step that comes with the note.
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { answer, api, type Page, type Schemas } from "../../api/client";
import { say, undoBy } from "../../ui/toasts";
import { t, type WordKey } from "../../words/words";

export type Change = Schemas["MapChange"];
export type Decision = "confirm" | "reject" | "recategorize" | "undo";

export interface Words {
  readonly category?: string;
  readonly reason?: string;
}

const said: Record<Decision, WordKey> = {
  confirm: "changes.confirmed",
  reject: "changes.rejected",
  recategorize: "changes.recategorized",
  undo: "changes.undone",
};

function sent(decision: Decision, changes: string[], { category = "", reason = "" }: Words) {
  switch (decision) {
    case "confirm":
      return answer(api.POST("/v1/changes/confirm", { body: { changes } }));
    case "reject":
      return answer(api.POST("/v1/changes/reject", { body: { changes, reason } }));
    case "recategorize":
      return answer(api.POST("/v1/changes/recategorize", { body: { changes, category, reason } }));
    case "undo":
      return answer(api.POST("/v1/changes/undo", { body: { changes } }));
  }
}

// Two steps, so that a dialog can close between them: what is sent, and what the page shows from then on.
export function useDecisions() {
  const queries = useQueryClient();
  return {
    send: (decision: Decision, changes: readonly Change[], words: Words = {}) => sent(decision, idsOf(changes), words),
    show: (decision: Decision, changes: readonly Change[]) => {
      takeOut(queries, idsOf(changes));
      const undo = undoBy(async () => {
        await sent("undo", idsOf(changes), {});
        await refresh(queries);
      });
      say(t(said[decision], { count: changes.length }), decision === "undo" ? undefined : undo);
      void refresh(queries);
    },
  };
}

function idsOf(changes: readonly Change[]): string[] {
  return changes.map(({ id }) => id);
}

// What is decided leaves the list at once; the next keys go to the next row while the server is asked again.
function takeOut(queries: QueryClient, ids: readonly string[]): void {
  queries.setQueriesData<Page<Change>>({ queryKey: ["changes", "list"] }, (page) =>
    page === undefined ? page : { ...page, items: page.items.filter(({ id }) => !ids.includes(id)) },
  );
}

async function refresh(queries: QueryClient): Promise<void> {
  await Promise.all(
    ["changes", "fields", "systems", "collections"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
  );
}
