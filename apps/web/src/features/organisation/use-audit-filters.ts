import { useSearchParams } from "@solidjs/router";
import type { Accessor } from "solid-js";
import type { InputOf } from "../../lib/procedures.ts";

const WORDS = ["q", "actor", "action", "project", "environment", "flag", "from", "to"] as const;
export type AuditFilters = Readonly<Partial<Record<(typeof WORDS)[number], string | undefined>>>;

interface FilterState {
  /** As they stand in the address; `from` and `to` are days. */
  readonly filters: Accessor<AuditFilters>;
  readonly change: (wish: AuditFilters) => void;
  readonly clear: () => void;
}

/** What is looked for in the audit log; the address is its only home. */
export function createAuditFilters(): FilterState {
  const [params, setParams] = useSearchParams();
  const filters = () =>
    Object.fromEntries(
      WORDS.flatMap((word) => {
        const value = params[word];
        return typeof value === "string" && value !== "" ? [[word, value]] : [];
      }),
    ) as AuditFilters;

  return {
    filters,
    change: (wish) => setParams(wish, { replace: true }),
    clear: () => setParams(Object.fromEntries(WORDS.map((word) => [word, undefined]))),
  };
}

/** What the server takes: whole days of the viewer's zone become instants. Days that are none are left out. */
export function auditInput(
  organisation: string,
  { from, to, ...words }: AuditFilters,
): Omit<InputOf<"audit.list">, "limit" | "after"> {
  const [first, last] = [startOfDay(from, 0), startOfDay(to, 1)];
  return { organisation, ...words, ...(first && { from: first }), ...(last && { to: last }) };
}

function startOfDay(day: string | undefined, later: number): string | undefined {
  const at = new Date(`${day ?? ""}T00:00:00`);
  if (Number.isNaN(at.getTime())) return undefined;
  at.setDate(at.getDate() + later);
  return at.toISOString();
}

/** The address of the export with the same filters. */
export function exportHref(organisation: string, filters: AuditFilters, format: "jsonl" | "csv"): string {
  const { organisation: slug, ...words } = auditInput(organisation, filters);
  const query = new URLSearchParams({ ...(words as Record<string, string>), format });
  return `/rest/v1/organisations/${slug}/audit-events/export?${query.toString()}`;
}
