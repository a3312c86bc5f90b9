import { useQueryClient } from "@tanstack/solid-query";
import type { Accessor } from "solid-js";
import { createSignal } from "solid-js";
import type { Question, Questions } from "../../lib/create-question.ts";
import { createQuestions } from "../../lib/create-question.ts";
import { errorMessage } from "../../lib/errors.ts";
import type { Place } from "../../lib/place.ts";
import { act } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import { showToast } from "../../ui/toast.tsx";
import type { Environment } from "../shell/index.ts";
import { isCareful } from "../shell/index.ts";
import type { FlagSummary } from "./flag.ts";
import { stateIn } from "./flag.ts";
import { showEnabled, writeFlag } from "./flag-cache.ts";
import { switchConsequence } from "./sentences.ts";

interface Wish {
  readonly flags: readonly FlagSummary[];
  readonly enabled: boolean;
}

export interface FlagSwitching {
  /** Raises or lowers; where the environment is careful, asks first. Flags that are so already are left alone. */
  readonly set: (flags: readonly FlagSummary[], enabled: boolean) => void;
  readonly isPending: (key: string) => boolean;
  readonly questions: Questions;
}

/** Shows at once, writes, and offers the way back; a refusal lowers the flag again and says why. */
export function createFlagSwitch(place: Accessor<Place>, environment: Accessor<Environment | undefined>): FlagSwitching {
  const client = useQueryClient();
  const [pending, setPending] = createSignal<ReadonlySet<string>>(new Set());
  const questions = createQuestions(() => isCareful(environment()));
  const mark = (key: string, isPending: boolean) =>
    setPending((keys) => new Set(isPending ? [...keys, key] : [...keys].filter((other) => other !== key)));

  const writeOne = async (here: Place, key: string, enabled: boolean): Promise<boolean> => {
    const takeBack = showEnabled(client, here, { flag: key, enabled });
    mark(key, true);
    try {
      writeFlag(client, here, await act("flags.setEnabled", { ...inputOf(here), flag: key, enabled }));
      return true;
    } catch (error) {
      takeBack();
      showToast({ tone: "danger", title: `${key} is still ${enabled ? "off" : "on"}`, about: errorMessage(error) });
      return false;
    } finally {
      mark(key, false);
    }
  };

  const write = async (keys: readonly string[], enabled: boolean) => {
    const here = place();
    const name = environment()?.name ?? here.environment;
    const took = await Promise.all(keys.map(async (key) => ((await writeOne(here, key, enabled)) ? key : undefined)));
    const done = took.filter((key) => key !== undefined);
    if (done.length === 0) return;
    showToast({
      title: `${done.length === 1 ? (done[0] ?? "") : `${done.length} flags`} ${enabled ? "on" : "off"} in ${name}`,
      action: { label: "Undo", onClick: () => void Promise.all(done.map((key) => writeOne(here, key, !enabled))) },
    });
  };

  const start = ({ flags, enabled }: Wish) =>
    void write(
      flags.map(({ key }) => key),
      enabled,
    );

  const questionOf = (wish: Wish): Question => {
    const { flags, enabled } = wish;
    const name = environment()?.name ?? "this environment";
    const verb = enabled ? "Turn on" : "Turn off";
    const [first] = flags;
    const isOne = flags.length === 1 && first !== undefined;
    return {
      title: `${verb} ${isOne ? first.key : `${flags.length} flags`} in ${name}?`,
      consequence: isOne
        ? switchConsequence(first, enabled, { slug: place().environment, name })
        : `${flags.map(({ key }) => key).join(", ")}: ${enabled ? "on" : "off"} in ${name}, at once.`,
      verb,
      act: () => start(wish),
    };
  };

  return {
    set: (flags, enabled) => {
      const others = flags.filter((flag) => !pending().has(flag.key) && stateIn(flag, place().environment)?.enabled !== enabled);
      if (others.length === 0) return;
      questions.ask(questionOf({ flags: others, enabled }));
    },
    isPending: (key) => pending().has(key),
    questions,
  };
}
