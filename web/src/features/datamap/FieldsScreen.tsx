import { useMemo } from "react";
import { Page } from "../../ui/Page";
import { DataTable } from "../../ui/table/DataTable";
import { t } from "../../words/words";
import { useCategories } from "./category";
import { fieldsTable } from "./fields";
import { useSystemChoices } from "./system";

export default function FieldsScreen() {
  const categories = useCategories();
  const systems = useSystemChoices();
  const spec = useMemo(() => fieldsTable({ categories, systems }), [categories, systems]);
  return (
    <Page title={t("fields.title")} lead={t("fields.lead")}>
      <DataTable spec={spec} />
    </Page>
  );
}
