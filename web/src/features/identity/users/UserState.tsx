import { StateBadge, type Tone } from "../../../ui/bits";
import type { User } from "../queries";

export const userStates = ["active", "invited", "disabled"] as const satisfies readonly User["state"][];

const tones: Record<User["state"], Tone> = { active: "good", invited: "busy", disabled: "quiet" };

export function UserState({ state }: { state: User["state"] }) {
  return <StateBadge family="user_state" value={state} tone={tones[state]} />;
}
