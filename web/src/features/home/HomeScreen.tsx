import { useSession } from "../../api/session";
import { Page } from "../../ui/Page";
import { t } from "../../words/words";

export default function HomeScreen() {
  const session = useSession();
  return (
    <Page title={t("home.greeting", { name: session.data?.name ?? "" })} lead={t("home.lead")}>
      {null}
    </Page>
  );
}
