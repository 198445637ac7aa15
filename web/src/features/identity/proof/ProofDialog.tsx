// "Is it still you?" Asked when an act wants a fresh proof (api/proof.ts). Most visits never are: the ways come when they are needed.
import { lazy, Suspense, useSyncExternalStore } from "react";
import { proofAsked, settleProof, subscribeToProof } from "../../../api/proof";
import { Dialog } from "../../../ui/Dialog";
import { LinesSkeleton } from "../../../ui/Loaded";
import { t } from "../../../words/words";

const ProofWays = lazy(() => import("./ProofWays"));

export function ProofDialog() {
  const asked = useSyncExternalStore(subscribeToProof, proofAsked);
  // There only while it asks: dialogs lie over each other in the order in which they came, and the act that wants the proof may
  // have been started in one.
  if (!asked) return null;
  return (
    <Dialog title={t("proof_again.title")} opened onClose={() => settleProof(false)}>
      <Suspense fallback={<LinesSkeleton lines={2} />}>
        <ProofWays />
      </Suspense>
    </Dialog>
  );
}
