import type { Place } from "../../lib/place.ts";
import { act } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import type { FlagDetail, Prerequisite } from "./flag.ts";
import { requirementsSentence } from "./sentences.ts";
import type { FlagWrite } from "./use-flag-writes.ts";

/** All that a flag requires, as it should be. */
export function settingPrerequisites(
  { flag, place }: { readonly flag: FlagDetail; readonly place: Place },
  prerequisites: readonly Prerequisite[],
): FlagWrite {
  const write = (list: readonly Prerequisite[], version: number | undefined) =>
    act("flags.setPrerequisites", {
      ...inputOf(place),
      flag: flag.key,
      prerequisites: list.map((it) => ({ ...it })),
      ...(version !== undefined && { expectedVersion: version }),
    });
  return {
    title: `Change what ${flag.key} requires`,
    consequence: `Then it is ${requirementsSentence(prerequisites)}.`,
    verb: "Save prerequisites",
    done: `${flag.key} is ${requirementsSentence(prerequisites)}`,
    version: flag.version,
    write: (version) => write(prerequisites, version),
    undo: () => write(flag.prerequisites, undefined),
    compare: (theirs) => {
      const [mine, now] = [requirementsSentence(prerequisites), requirementsSentence(theirs.prerequisites)];
      return mine === now ? [] : [{ field: "Requires", mine, theirs: now }];
    },
  };
}
