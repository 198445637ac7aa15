// One end of a reference: a system, a table or file in it, and fields of that. Only a whole end is a value of the form.
import { MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, page } from "../../../api/client";
import type { FieldControl } from "../../../ui/form/fields";
import { t } from "../../../words/words";
import { inPlace } from "../../../ui/inPlace";
import { placeText, useSystemChoices, type Collection } from "../system";
import styles from "./references.module.css";

const choicesMax = 200;

interface End {
  readonly system?: string | undefined;
  readonly collection?: Collection | undefined;
  readonly fields: readonly string[];
}

export function PlaceField({ field }: { field: FieldControl }) {
  const [end, setEnd] = useState<End>({ fields: [] });
  const collections = useCollections(end.system);
  const change = (next: End) => {
    setEnd(next);
    field.onChange(placeOf(next));
  };
  return (
    <fieldset className={styles.place} aria-describedby={field.error === undefined ? undefined : `${field.id}/error`}>
      <legend>{field.label}</legend>
      <Select
        id={field.id}
        data-autofocus={field["data-autofocus"]}
        label={t("systems.one")}
        searchable
        comboboxProps={inPlace}
        data={useSystemChoices()}
        value={end.system ?? null}
        onChange={(system) => change({ system: system ?? undefined, fields: [] })}
      />
      <Select
        label={t("collections.one")}
        searchable
        comboboxProps={inPlace}
        disabled={end.system === undefined}
        data={collections.map((one) => ({ value: one.id, label: placeText(one) }))}
        value={end.collection?.id ?? null}
        onChange={(id) => change({ ...end, collection: collections.find((one) => one.id === id), fields: [] })}
      />
      <MultiSelect
        label={t("systems.fields")}
        searchable
        comboboxProps={inPlace}
        disabled={end.collection === undefined}
        data={useFieldNames(end.collection?.id)}
        value={[...end.fields]}
        onChange={(fields) => change({ ...end, fields })}
      />
      {field.error !== undefined && (
        <p id={`${field.id}/error`} role="alert">
          {field.error}
        </p>
      )}
    </fieldset>
  );
}

function placeOf({ system, collection, fields }: End) {
  if (system === undefined || collection === undefined || fields.length === 0) return undefined;
  return { system, dataset: collection.dataset, collection: collection.name, fields };
}

export function useCollections(system: string | undefined): readonly Collection[] {
  const collections = useQuery({
    queryKey: ["collections", "choices", system],
    enabled: system !== undefined,
    queryFn: async ({ signal }) =>
      (await page(api.GET("/v1/collections", { params: { query: { system, limit: choicesMax } }, signal }))).items,
  });
  return collections.data ?? [];
}

export function useFieldNames(collection: string | undefined): string[] {
  const fields = useQuery({
    queryKey: ["fields", "choices", collection],
    enabled: collection !== undefined,
    queryFn: async ({ signal }) =>
      (await page(api.GET("/v1/fields", { params: { query: { collection, limit: choicesMax } }, signal }))).items,
  });
  return (fields.data ?? []).map(({ name }) => name);
}
