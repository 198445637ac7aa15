import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { answer, api } from "../../../api/client";
import { Page, Panel } from "../../../ui/Page";
import { t } from "../../../words/words";
import type { ActivityContent } from "./activity";
import { ActivityForm } from "./ActivityForm";

export default function NewActivityScreen() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const create = async (body: ActivityContent) => {
    const activity = await answer(api.POST("/v1/activities", { body }));
    await queries.invalidateQueries({ queryKey: ["activities"] });
    void navigate(`/activities/${activity.id}`);
  };
  return (
    <Page
      title={t("activities.create")}
      lead={t("activities.create.lead")}
      back={{ to: "/activities", label: t("activities.title") }}
      narrow
    >
      <Panel>
        <ActivityForm
          initial={{ role: "controller" }}
          submitLabel={t("activities.create.submit")}
          submit={create}
          onCancel={() => void navigate("/activities")}
        />
      </Panel>
    </Page>
  );
}
