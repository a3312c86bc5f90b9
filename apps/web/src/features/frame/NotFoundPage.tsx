import { A } from "@solidjs/router";
import Compass from "lucide-solid/icons/compass";
import type { JSX } from "solid-js";
import { buttonClass } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/states.tsx";

/** Also what a stranger's address looks like: that it exists elsewhere is not told. */
export function NotFoundPage(): JSX.Element {
  return (
    <EmptyState
      isPage
      icon={<Compass size={24} />}
      title="There is no such page"
      about="It may have been renamed or deleted, or it belongs to an organisation you are not in."
      actions={
        <A href="/" class={buttonClass("default", "medium")}>
          To the start
        </A>
      }
    />
  );
}
