import { valueWords } from "../../lib/value-words.ts";
import type { FlagDetail, State } from "./flag.ts";
import { hasValue } from "./flag.ts";
import type { Difference } from "./use-flag-writes.ts";

const shares = (state: State | undefined): string => {
  const given = (state?.weights ?? []).filter(({ weight }) => weight > 0);
  return given.length === 0 ? "none" : given.map(({ variant, weight }) => `${weight} % ${variant}`).join(", ");
};

/** What two people would have somebody get, where they differ. */
export function compareStates(flag: FlagDetail, mine: State | undefined, theirs: State | undefined): Difference[] {
  const rows: Difference[] = [{ field: "State", mine: words(mine), theirs: words(theirs) }];
  if (hasValue(flag)) {
    rows.push({ field: "Value", mine: value(mine), theirs: value(theirs) });
    rows.push({ field: "Shares", mine: shares(mine), theirs: shares(theirs) });
    rows.push({ field: "Placed by", mine: mine?.bucketBy ?? "identity", theirs: theirs?.bucketBy ?? "identity" });
  }
  return rows.filter((row) => row.mine !== row.theirs);
}

const words = (state: State | undefined): string => (state === undefined ? "no rule" : state.enabled ? "on" : "off");
const value = (state: State | undefined): string => (state === undefined ? "none" : valueWords(state.value));
