import type { JSX } from "solid-js";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import type { Environment } from "../shell/index.ts";
import { switchConsequence } from "./sentences.ts";
import type { FlagSwitching } from "./use-flag-switch.ts";

/** One sentence before a careful environment changes; Enter says yes. */
export function SwitchConfirm(props: {
  readonly switching: FlagSwitching;
  readonly environment: Environment | undefined;
}): JSX.Element {
  const wish = () => props.switching.asked();
  const name = () => props.environment?.name ?? "this environment";
  const verb = () => (wish()?.enabled ? "Turn on" : "Turn off");
  const what = () => {
    const [first, ...others] = wish()?.flags ?? [];
    return others.length === 0 ? (first?.key ?? "") : `${others.length + 1} flags`;
  };
  const consequence = () => {
    const { flags = [], enabled = false } = wish() ?? {};
    const [first, ...others] = flags;
    if (!first) return "";
    if (others.length > 0) return `${flags.map(({ key }) => key).join(", ")}: ${enabled ? "on" : "off"} in ${name()}, at once.`;
    return switchConsequence(first, enabled, { slug: props.environment?.slug ?? "", name: name() });
  };

  return (
    <ConfirmDialog
      open={wish() !== undefined}
      onClose={() => props.switching.cancel()}
      onConfirm={() => props.switching.confirm()}
      title={`${verb()} ${what()} in ${name()}?`}
      consequence={consequence()}
      verb={verb()}
    />
  );
}
