// Small things that many screens show: a state, an instant, personal data, a secret shown once, a question before a step that
// cannot be taken back.
import { Badge, Button, Tooltip, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { problemOf } from "../api/problem";
import { dateTime, dateTimeFull, relative } from "../words/dates";
import { nameOf, t } from "../words/words";
import { Dialog } from "./Dialog";
import { IconCheck, IconCopy, IconEye } from "./icons";
import { masked } from "./mask";
import { ProblemCard } from "./ProblemCard";
import styles from "./bits.module.css";

export type Tone = "good" | "busy" | "warn" | "bad" | "quiet";

// A state by its name in words; the tone only repeats what the word says.
export function StateBadge({ family, value, tone }: { family: string; value: string; tone: Tone }) {
  return (
    <Badge className={styles.badge} data-tone={tone} variant="default" radius="sm">
      {nameOf(family, value)}
    </Badge>
  );
}

export function Instant({ at, absent }: { at: string | null | undefined; absent?: string }) {
  const now = useNow();
  if (at == null) return <span className={styles.quiet}>{absent ?? "–"}</span>;
  return (
    <Tooltip label={dateTimeFull(at)}>
      <time dateTime={at}>{relative(at, now)}</time>
    </Tooltip>
  );
}

export function ExactInstant({ at }: { at: string }) {
  return (
    <time dateTime={at} title={dateTimeFull(at)}>
      {dateTime(at)}
    </time>
  );
}

const tickMilliseconds = 30_000;

function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), tickMilliseconds);
    return () => clearInterval(timer);
  }, []);
  return now;
}

// Personal data on a page of its own: masked, with a button that shows it to whoever asks.
export function PersonalText({ value, label }: { value: string; label: string }) {
  const [shown, setShown] = useState(false);
  if (shown) return <span>{value}</span>;
  return (
    <span className={styles.personal}>
      {masked(value)}
      <UnstyledButton aria-label={t("personal.show", { label })} onClick={() => setShown(true)}>
        <IconEye size={16} />
      </UnstyledButton>
    </span>
  );
}

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  // Without TLS, and where the person says no, there is no clipboard: the text can be selected beside the button.
  const copy = () => {
    const written = (navigator.clipboard as Clipboard | undefined)?.writeText(text) ?? Promise.reject(new Error());
    written.then(
      () => setState("copied"),
      () => setState("failed"),
    );
  };
  const words = { idle: label, copied: t("action.copied"), failed: t("action.copy_failed") };
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={state === "copied" ? <IconCheck size={14} /> : <IconCopy size={14} />}
      onClick={copy}
    >
      <span aria-live="polite">{words[state]}</span>
    </Button>
  );
}

// Something that the server tells once and never again.
export function ShownOnce({ secret, copyLabel }: { secret: string; copyLabel: string }) {
  return (
    <div className={styles.once}>
      <code tabIndex={0}>{secret}</code>
      <CopyButton text={secret} label={copyLabel} />
    </div>
  );
}

interface ConfirmProps {
  title: string;
  children: ReactNode;
  act: string;
  opened: boolean;
  onClose: () => void;
  run: () => Promise<unknown>;
}

export function Confirm({ title, children, act, opened, onClose, run }: ConfirmProps) {
  const step = useMutation({ mutationFn: run, onSuccess: onClose });
  return (
    <Dialog title={title} opened={opened} onClose={onClose}>
      <div className={styles.confirm}>
        {step.isError && <ProblemCard problem={problemOf(step.error)} />}
        <div>{children}</div>
        <div className={styles.confirmButtons}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button color="red.8" loading={step.isPending} onClick={() => step.mutate()}>
            {act}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
