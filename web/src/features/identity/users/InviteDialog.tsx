// Inviting someone: the form, and then the link, in case the mail does not arrive or no mail server is set up.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, type Schemas } from "../../../api/client";
import { requestSchema } from "../../../api/requestSchema";
import { Dialog } from "../../../ui/Dialog";
import { SchemaForm } from "../../../ui/form/SchemaForm";
import { t } from "../../../words/words";
import { RoleChoice } from "../roles/RoleChoice";
import { InvitationSent } from "./Invitations";

export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [invitation, setInvitation] = useState<Schemas["Invitation"] | null>(null);
  const close = () => {
    setInvitation(null);
    onClose();
  };
  return (
    <Dialog title={t("users.invite")} opened={opened} onClose={close}>
      {invitation === null ? (
        <InviteForm onInvited={setInvitation} onCancel={close} />
      ) : (
        <InvitationSent invitation={invitation} onClose={close} />
      )}
    </Dialog>
  );
}

interface InviteFormProps {
  onInvited: (invitation: Schemas["Invitation"]) => void;
  onCancel: () => void;
}

function InviteForm({ onInvited, onCancel }: InviteFormProps) {
  const queries = useQueryClient();
  return (
    <SchemaForm
      schema={requestSchema("invitations.create")}
      only={["name", "email", "role_ids"]}
      custom={{ role_ids: (field) => <RoleChoice field={field} /> }}
      submitLabel={t("users.invite.submit")}
      onCancel={onCancel}
      submit={async (values) => {
        const body = values as Schemas["InvitationRequest"];
        onInvited(await answer(api.POST("/v1/invitations", { body })));
        await Promise.all(["users", "invitations"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      }}
    />
  );
}
