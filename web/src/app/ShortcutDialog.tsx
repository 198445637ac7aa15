import { lazy, Suspense } from "react";
import { Dialog } from "../ui/Dialog";
import { LinesSkeleton } from "../ui/Loaded";
import { t } from "../words/words";

const ShortcutList = lazy(() => import("./ShortcutList"));

export function ShortcutDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog title={t("shortcuts.title")} opened={opened} onClose={onClose}>
      <Suspense fallback={<LinesSkeleton />}>
        <ShortcutList />
      </Suspense>
    </Dialog>
  );
}
