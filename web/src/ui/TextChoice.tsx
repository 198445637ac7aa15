// Which of a company's own texts, and in which language: two choices beside each other.
import { Select } from "@mantine/core";
import { inPlace } from "./inPlace";
import styles from "./bits.module.css";

const languageNames = new Intl.DisplayNames("en", { type: "language" });

interface OneChoice {
  readonly label: string;
  readonly all: readonly string[];
  readonly value: string;
  readonly choose: (value: string) => void;
}

interface TextChoiceProps {
  readonly which: OneChoice & { readonly nameOf: (value: string) => string };
  readonly language: OneChoice;
}

export function TextChoice({ which, language }: TextChoiceProps) {
  return (
    <div className={styles.choices}>
      <Choice {...which} />
      <Choice {...language} nameOf={(value) => languageNames.of(value) ?? value} />
    </div>
  );
}

function Choice({ label, all, value, choose, nameOf }: TextChoiceProps["which"]) {
  return (
    <Select
      label={label}
      allowDeselect={false}
      comboboxProps={inPlace}
      data={[...new Set(all)].map((one) => ({ value: one, label: nameOf(one) }))}
      value={value}
      onChange={(chosen) => choose(chosen ?? value)}
    />
  );
}
