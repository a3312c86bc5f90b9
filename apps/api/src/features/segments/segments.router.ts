import {
  createSegmentInput,
  deleteSegmentInput,
  editedList,
  editListInput,
  listItemPage,
  listItemsInput,
  listSegmentsInput,
  ofSegment,
  segmentDetail,
  segmentPage,
  updateSegmentInput,
} from "@halyard/contracts/schemas";
import { z } from "zod";
import { projectProcedure, router } from "../../trpc.ts";
import { deleteSegment } from "./delete-segment.ts";
import { editList } from "./edit-list.ts";
import { readListItems } from "./list-items.queries.ts";
import { listSegments, readSegmentDetail } from "./segments.queries.ts";
import { createSegment, updateSegment } from "./segments.service.ts";

const path = "/organisations/{organisation}/projects/{project}/segments";
const tag = "Segments";

export const segmentsRouter = router({
  list: projectProcedure("VIEW_PROJECT")
    .meta({ rest: { method: "GET", path, summary: "List segments", tag } })
    .input(listSegmentsInput)
    .output(segmentPage)
    .query(({ ctx, input }) => listSegments(ctx.db, ctx.project.id, input)),

  get: projectProcedure("VIEW_PROJECT")
    .meta({ rest: { method: "GET", path: `${path}/{segment}`, summary: "Get a segment and the flags that use it", tag } })
    .input(ofSegment)
    .output(segmentDetail)
    .query(({ ctx, input }) => readSegmentDetail(ctx.db, ctx.project.id, input.segment)),

  create: projectProcedure("MANAGE_SEGMENTS")
    .meta({ rest: { method: "POST", path, summary: "Make a segment", tag, status: 201 } })
    .input(createSegmentInput)
    .output(segmentDetail)
    .mutation(({ ctx, input }) => createSegment(ctx, input)),

  update: projectProcedure("MANAGE_SEGMENTS")
    .meta({ rest: { method: "PATCH", path: `${path}/{segment}`, summary: "Change a segment's name, description or rules", tag } })
    .input(updateSegmentInput)
    .output(segmentDetail)
    .mutation(({ ctx, input }) => updateSegment(ctx, input)),

  listItems: projectProcedure("VIEW_PROJECT")
    .meta({
      rest: { method: "GET", path: `${path}/{segment}/list`, summary: "Read the items of a condition's list by pages", tag },
    })
    .input(listItemsInput)
    .output(listItemPage)
    .query(({ ctx, input }) => readListItems(ctx.db, ctx.project.id, input)),

  editList: projectProcedure("MANAGE_SEGMENTS")
    .meta({
      rest: {
        method: "PATCH",
        path: `${path}/{segment}/list`,
        summary: "Add items to a condition's list and remove others",
        tag,
      },
    })
    .input(editListInput)
    .output(editedList)
    .mutation(({ ctx, input }) => editList(ctx, input)),

  delete: projectProcedure("MANAGE_SEGMENTS")
    .meta({ rest: { method: "DELETE", path: `${path}/{segment}`, summary: "Delete a segment", tag, status: 204 } })
    .input(deleteSegmentInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteSegment(ctx, input)),
});
