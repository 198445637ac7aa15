// How long something may be kept: in words, and as a part of a form.
import { Checkbox } from "@mantine/core";
import { text as words } from "@words/en/datamap.json";
import type { Schemas } from "../../api/client";
import { SchemaField, type FieldControl } from "../../ui/form/fields";
import type { Schema } from "../../ui/form/schema";
import { formatted, t } from "../../words/words";

export type Retention = Schemas["Retention"];

// The server's own words, as the record of processing has them: "6 years from the end of the year …".
export function retentionText({ period, unit, start, from_year_end: fromYearEnd, ground }: Retention): string {
  const text = formatted(words.retention_rule, {
    period,
    unit,
    start: start ?? "collected",
    from_year_end: fromYearEnd === true ? "yes" : "no",
  });
  return ground == null || ground === "" ? text : `${text} (${ground})`;
}

const usual: Retention = { period: 1, unit: "years", start: "collected", from_year_end: false, ground: "" };

// `schema`: of a retention, which may be null instead.
export function RetentionField({ field, schema }: { field: FieldControl; schema: Schema }) {
  const parts = schema.anyOf?.find(({ properties }) => properties !== undefined) ?? schema;
  const isLimited = field.value != null;
  return (
    <>
      <Checkbox
        id={field.id}
        label={t("retention.limited")}
        error={field.error}
        checked={isLimited}
        onChange={(event) => field.onChange(event.currentTarget.checked ? usual : undefined)}
      />
      {isLimited && (
        <SchemaField
          id={`${field.id}/parts`}
          name="retention"
          path="/retention"
          schema={parts}
          required
          value={field.value}
          errors={[]}
          first={false}
          label={t("retention.one")}
          custom={undefined}
          onChange={field.onChange}
        />
      )}
    </>
  );
}
