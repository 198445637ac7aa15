// What a company wants to know of its systems besides what everybody does: a name and a value each, written as lines.
import { Textarea } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import type { FieldControl } from "../../ui/form/fields";
import { linesOf, customFieldsOf } from "./customFieldLines";

type CustomField = Schemas["CustomField"];

export function CustomFieldsField({ field }: { field: FieldControl }) {
  const { onChange, value, ...rest } = field;
  const [text, setText] = useState(() => linesOf(Array.isArray(value) ? (value as CustomField[]) : []));
  return (
    <Textarea
      {...rest}
      rows={3}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(customFieldsOf(event.currentTarget.value));
      }}
    />
  );
}
