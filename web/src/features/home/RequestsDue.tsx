// Rights requests that are open, those first whose answer is due first.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, page } from "../../api/client";
import { LinesSkeleton, Loaded } from "../../ui/Loaded";
import { Panel } from "../../ui/Page";
import { nameOf, t } from "../../words/words";
import { answerBy, referenceOf, RequestBadge, type Request } from "../rights/request";
import styles from "./home.module.css";

const shownMax = 5;
const lookedAtMax = 100;

export function RequestsDue() {
  const requests = useQuery({
    queryKey: ["requests", "due"],
    queryFn: ({ signal }) =>
      page(api.GET("/v1/rights/requests", { params: { query: { open: true, limit: lookedAtMax } }, signal })),
  });
  return (
    <Panel title={t("home.requests")} actions={<Link to="/requests?open=true">{t("home.all_requests")}</Link>}>
      <Loaded from={requests} skeleton={<LinesSkeleton lines={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t("home.no_requests")}</p>
          ) : (
            <ul className={styles.list}>
              {soonest(items).map((request) => (
                <li key={request.id}>
                  <div>
                    <Link to={`/requests/${request.id}`}>
                      {t("requests.titled", {
                        right: nameOf("choice.right", request.right),
                        reference: referenceOf(request),
                      })}
                    </Link>
                    <small>{t("home.answer_by", { day: answerBy(request)?.day ?? "–" })}</small>
                  </div>
                  <RequestBadge request={request} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

// Days are ISO 8601, so their text sorts as they do; what has no day comes last.
export function soonest(requests: readonly Request[]): readonly Request[] {
  const day = (request: Request) => answerBy(request)?.day ?? "9999";
  return [...requests].sort((one, other) => day(one).localeCompare(day(other))).slice(0, shownMax);
}
