import type { editedList, editListInput } from "@halyard/contracts/schemas";
import { editSegment } from "@halyard/evaluator/apply";
import type { z } from "zod";
import type { InProject } from "../../call.ts";
import { invalid } from "../../errors.ts";
import { withRevision } from "../revisions/index.ts";
import { checkLength, listAt } from "./long-lists.ts";
import { addVersion } from "./segment-rows.ts";
import { getSegment } from "./segments.queries.ts";
import { expectVersion } from "./segments.service.ts";

type ListWish = Omit<z.output<typeof editListInput>, "organisation" | "project">;
type EditedList = z.output<typeof editedList>;

/** Adds items to a condition's list and removes others. What travels, and what the log holds, is the edit and not the list. */
export async function editList(call: InProject, wish: ListWish): Promise<EditedList> {
  const { segment: key, path, expectedVersion, comment } = wish;
  const leaving = new Set(wish.removed);
  const both = wish.added.findIndex((item) => leaving.has(item));
  if (both >= 0) throw invalid(`added.${both}`, "It stands among the removed items, too; leave it out of one of them.");
  const projectId = call.project.id;
  const { result } = await withRevision(
    call.revisions,
    {
      actor: call.actor,
      request: call.request,
      kind: "segment.list",
      comment,
      project: projectId,
      environments: "all",
      touches: {},
    },
    async (tx) => {
      const row = await getSegment(tx, projectId, key);
      await expectVersion(tx, row, expectedVersion);
      const items = listAt(row.rules, path);
      const present = new Set(items);
      const edit = {
        path,
        added: [...new Set(wish.added)].filter((item) => !present.has(item)),
        removed: [...new Set(wish.removed)].filter((item) => present.has(item)),
      };
      const counts = { added: edit.added.length, removed: edit.removed.length };
      if (counts.added + counts.removed === 0) return { result: { version: row.version, count: items.length, ...counts } };
      const listEdit = { segmentId: row.id, from: row.version, to: row.version + 1, lists: [edit] };
      // As every node and SDK makes it, so that all have the items in one order.
      const rules = editSegment(row, listEdit)?.rules ?? row.rules;
      const count = listAt(rules, path).length;
      checkLength(count);
      const { version } = await addVersion(tx, row, { rules, listEdits: listEdit.lists });
      return { result: { version, count, ...counts }, listEdits: [{ ...listEdit, key }] };
    },
  );
  return result;
}
