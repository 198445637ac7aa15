import type { ReactNode } from "react";
import { useMay } from "../api/session";
import { Page } from "../ui/Page";
import { Forbidden } from "../ui/ProblemCard";
import { t } from "../words/words";

// The forbidden face of a screen that the session's role does not open.
export function Guarded({ permission, children }: { permission: string | undefined; children: ReactNode }) {
  const may = useMay();
  if (may(permission)) return children;
  return (
    <Page title={t("forbidden.page")}>
      <Forbidden />
    </Page>
  );
}
