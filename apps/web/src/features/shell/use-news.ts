import type { LiveEvent } from "@halyard/contracts/schemas";
import type { Accessor } from "solid-js";
import type { Place } from "../../lib/place.ts";
import { ask } from "../../lib/queries.ts";
import { inputOf } from "../../lib/use-place.ts";
import { showToast } from "../../ui/toast.tsx";
import { actorName, revisionSentence } from "../history/index.ts";

interface NewsOptions {
  readonly place: Accessor<Place>;
  readonly myName: Accessor<string | undefined>;
  readonly environmentName: (slug: string) => string;
}

/** Says what somebody else did here: "Mel turned on new-checkout in Production". */
export function createNews({ place, myName, environmentName }: NewsOptions): (event: LiveEvent) => void {
  return (event) => {
    // A change to the whole project arrives once for each environment; the one in sight speaks for all.
    if (event.actor === myName() || event.environment !== place().environment) return;
    const { environment, version } = event;
    ask("revisions.get", { ...inputOf(place()), environment, version }).then(
      (revision) =>
        showToast({
          title: `${actorName(revision.actor)} ${revisionSentence(revision)} in ${environmentName(environment)}`,
          about: revision.comment ?? undefined,
        }),
      // The page already shows the change; only its author stays unsaid.
      () => undefined,
    );
  };
}
