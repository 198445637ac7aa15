// Many requests at once, from a table: looked at first, line by line, then made all together or not at all.
import { Button, FileButton } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answer, api, type Schemas } from "../../api/client";
import { problemOf } from "../../api/problem";
import { IconDownload } from "../../ui/icons";
import { Page, Panel } from "../../ui/Page";
import { ProblemCard } from "../../ui/ProblemCard";
import { csv, download } from "../../ui/table/csv";
import { t } from "../../words/words";
import { problemText } from "./problems";
import styles from "./rights.module.css";

type Report = Schemas["RequestImport"];

export default function ImportScreen() {
  const [file, setFile] = useState<File | null>(null);
  const look = useMutation({ mutationFn: (chosen: File) => send(chosen, true) });
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: (chosen: File) => send(chosen, false),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["requests"] }),
  });
  const choose = (chosen: File | null) => {
    if (chosen === null) return;
    setFile(chosen);
    make.reset();
    look.mutate(chosen);
  };
  const failed = look.error ?? make.error;
  return (
    <Page
      title={t("import.title")}
      lead={t("import.lead")}
      back={{ to: "/requests", label: t("requests.title") }}
      narrow
    >
      <Panel title={t("import.file")} lead={t("import.file.lead")}>
        <div className={styles.steps}>
          <FileButton accept=".csv,text/csv" onChange={choose}>
            {(props) => (
              <Button variant={file === null ? "filled" : "default"} loading={look.isPending} {...props}>
                {t(file === null ? "import.choose" : "import.choose_other")}
              </Button>
            )}
          </FileButton>
          <Button variant="default" leftSection={<IconDownload size={16} />} onClick={saveExample}>
            {t("import.example")}
          </Button>
        </div>
      </Panel>
      <div role="status" className={styles.report}>
        {failed !== null && <ProblemCard problem={problemOf(failed)} />}
        {failed === null && make.isSuccess && <Made report={make.data} />}
        {failed === null && !make.isSuccess && file !== null && look.isSuccess && (
          <Looked name={file.name} report={look.data} isMaking={make.isPending} onMake={() => make.mutate(file)} />
        )}
      </div>
    </Page>
  );
}

// The table travels as it is; its name in Content-Disposition (RFC 8187), never in the address.
function send(file: File, preview: boolean): Promise<Report> {
  return answer(
    api.POST("/v1/rights/requests/import", {
      params: {
        query: { preview },
        header: { "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` },
      },
      headers: { "Content-Type": "application/octet-stream" },
      body: file as unknown as string,
      bodySerializer: (body) => body,
    }),
  );
}

function saveExample(): void {
  const head = ["law", "right", "email", "name", "language", "received_at", "details", "purpose", "id:customer_number"];
  const line = [
    "eu-gdpr",
    "access",
    "maria@example.org",
    "Maria Sample",
    "en",
    "2026-01-05T09:00:00Z",
    "What do you hold on me?",
    "",
    "1042",
  ];
  download("requests.csv", csv(head, [line]), "text/csv;charset=utf-8");
}

interface LookedProps {
  name: string;
  report: Report;
  isMaking: boolean;
  onMake: () => void;
}

function Looked({ name, report, isMaking, onMake }: LookedProps) {
  if (report.problems.length > 0) return <Problems name={name} report={report} />;
  return (
    <Panel title={t("import.right")} lead={t("import.right.lead", { count: report.lines, name })}>
      <Button loading={isMaking} disabled={report.lines === 0} onClick={onMake}>
        {t("import.make", { count: report.lines })}
      </Button>
    </Panel>
  );
}

function Problems({ name, report }: { name: string; report: Report }) {
  const label = t("import.problems", { name });
  return (
    <Panel title={t("import.wrong", { count: report.problems.length })} lead={t("import.wrong.lead", { name })}>
      <div className={styles.fields} tabIndex={0} role="region" aria-label={label}>
        <table aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{t("import.line")}</th>
              <th scope="col">{t("import.column")}</th>
              <th scope="col">{t("import.what")}</th>
            </tr>
          </thead>
          <tbody>
            {report.problems.map(({ line, column, code }, at) => (
              <tr key={at}>
                <th scope="row">{line}</th>
                <td>{column === "" ? t("import.whole_line") : column}</td>
                <td>{problemText(code)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Made({ report }: { report: Report }) {
  return (
    <Panel title={t("import.made", { count: report.made })}>
      <Link to="/requests">{t("import.see")}</Link>
    </Panel>
  );
}
