import { Anchor, Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api } from "../../../api/client";
import { t } from "../../../words/words";
import { EntryForm } from "./EntryForm";
import { EntryFrame } from "./EntryFrame";

// Asks for a link by mail. The answer is the same whether or not the address belongs to someone.
export default function ForgottenPassword() {
  const [email, setEmail] = useState("");
  const ask = useMutation({
    mutationFn: () => answer(api.POST("/v1/session/forgot-password", { body: { email } })),
  });
  if (ask.isSuccess) {
    return (
      <EntryFrame title={t("forgotten.sent")} lead={t("forgotten.sent.lead")}>
        {null}
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t("forgotten.title")} lead={t("forgotten.lead")}>
      <EntryForm error={ask.error} onSubmit={() => ask.mutate()}>
        <TextInput
          label={t("field.email")}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" loading={ask.isPending}>
          {t("forgotten.submit")}
        </Button>
        <Anchor component={Link} to="/sign-in" size="sm">
          {t("forgotten.back")}
        </Anchor>
      </EntryForm>
    </EntryFrame>
  );
}
