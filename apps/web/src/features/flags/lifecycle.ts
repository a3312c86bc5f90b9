import type { ChipTone } from "../../ui/Chip.tsx";
import type { FlagSummary } from "./flag.ts";
import { stateIn } from "./flag.ts";

export interface Stage {
  readonly word: "archived" | "rollout" | "stale";
  readonly tone: ChipTone;
  /** Why, on hover. */
  readonly why: string;
}

const DAY_MS = 86_400_000;
/** On for everybody and untouched for this long: ready to leave the code. */
const STALE_DAYS = 90;

/** Where a flag is in its life, where that is worth a word. */
export function stageOf(flag: FlagSummary, environment: string, nowMs: number): Stage | undefined {
  if (flag.archivedAt !== null) return { word: "archived", tone: "neutral", why: "Archived: nobody is served it any more." };
  const state = stateIn(flag, environment);
  if (!state) return undefined;
  const isSplit = state.weights.some(({ weight }) => weight > 0 && weight < 100);
  if ((state.enabled && isSplit) || state.segmentOverrides > 0)
    return { word: "rollout", tone: "accent", why: "Not everybody gets the same." };
  const days = (nowMs - new Date(flag.lastChange?.at ?? flag.createdAt).getTime()) / DAY_MS;
  if (state.enabled && days >= STALE_DAYS)
    return { word: "stale", tone: "neutral", why: `On for everyone and unchanged for ${Math.floor(days)} days: safe to remove?` };
  return undefined;
}
