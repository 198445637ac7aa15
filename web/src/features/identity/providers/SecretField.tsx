import { PasswordInput } from "@mantine/core";
import type { FieldControl } from "../../../ui/form/fields";
import { t } from "../../../words/words";

// Goes to the server and never comes back: what is kept can be replaced, not read.
export function SecretField({ field, kept }: { field: FieldControl; kept: boolean }) {
  return (
    <PasswordInput
      id={field.id}
      name="client_secret"
      label={t("providers.secret")}
      description={kept ? t("providers.secret_kept") : t("providers.secret_none")}
      error={field.error}
      autoComplete="off"
      visibilityToggleButtonProps={{ "aria-label": t("action.show_password") }}
      value={typeof field.value === "string" ? field.value : ""}
      onChange={(event) => field.onChange(event.currentTarget.value)}
    />
  );
}
