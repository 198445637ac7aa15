// What stands in the page's place while its code is loading, when it fails, and when there is none.
import { Button } from "@mantine/core";
import { Link, useRouteError } from "react-router";
import { problemOf } from "../api/problem";
import { IconSearch } from "../ui/icons";
import { LinesSkeleton } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { EmptyState, ProblemCard } from "../ui/ProblemCard";
import { t } from "../words/words";

export function RouteLoading() {
  return (
    <Page title={t("state.loading")}>
      <LinesSkeleton />
    </Page>
  );
}

export function RouteFailed() {
  const thrown = useRouteError();
  return (
    <Page title={t("route.failed")}>
      <ProblemCard problem={problemOf(thrown)} onRetry={() => window.location.reload()} />
    </Page>
  );
}

export function NotFound() {
  return (
    <Page title={t("route.not_found")}>
      <EmptyState
        icon={<IconSearch size={28} />}
        title={t("route.nothing_here")}
        action={
          <Button component={Link} to="/" variant="default">
            {t("route.go_home")}
          </Button>
        }
      >
        {t("route.nothing_here.lead")}
      </EmptyState>
    </Page>
  );
}
