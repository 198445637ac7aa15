// Systems that no program can look into: who was asked about them for this request, what they were asked to do, and their answers.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, page, type Schemas } from "../../api/client";
import { ExactInstant } from "../../ui/bits";
import { Panel } from "../../ui/Page";
import { nameOf, t } from "../../words/words";
import styles from "./rights.module.css";

type Order = Schemas["KeptOrder"];

// Nothing where nobody had to be asked.
export function OrdersPanel({ id }: { id: string }) {
  const orders = useQuery({
    queryKey: ["requests", id, "orders"],
    queryFn: ({ signal }) => page(api.GET("/v1/rights/requests/{id}/orders", { params: { path: { id } }, signal })),
  });
  const items = orders.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t("orders.title")} lead={t("orders.lead")}>
      <ul className={styles.entries}>
        {items.map((order) => (
          <OrderEntry key={order.id} order={order} />
        ))}
      </ul>
    </Panel>
  );
}

function OrderEntry({ order }: { order: Order }) {
  return (
    <li>
      <strong>
        {order.system}: {nameOf("order_act", order.act)}
      </strong>
      <small>
        {nameOf("order_medium", order.medium)}, <ExactInstant at={order.placed_at} />
      </small>
      {order.outcome == null || order.answered_at == null ? (
        <small>{t("orders.waiting")}</small>
      ) : (
        <small>
          {t("orders.answer", { outcome: nameOf("order_outcome", order.outcome), evidence: order.evidence })},{" "}
          <ExactInstant at={order.answered_at} />
        </small>
      )}
      {order.task != null && (
        <small>
          <Link to={`/tasks/${order.task}`}>{t("orders.task")}</Link>
        </small>
      )}
    </li>
  );
}
