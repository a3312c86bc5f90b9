import ShieldCheck from "lucide-solid/icons/shield-check";
import type { JSX } from "solid-js";
import { createSignal, Match, Switch } from "solid-js";
import { errorMessage } from "../../lib/errors.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { ask } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";

type Result = OutputOf<"verification.run">;

const number = new Intl.NumberFormat("en");
const count = (n: number, one: string, many = `${one}s`) => `${number.format(n)} ${n === 1 ? one : many}`;

/** "Intact: 812 events under 40 seals…" */
export function intactText({ events, seals, revisions, heads, removed }: Result): string {
  const kept = removed === 0 ? "" : ` ${count(removed, "older event")} left by retention; the seals over them still hold.`;
  return `${count(events, "event")} under ${count(seals, "seal")}, ${count(revisions, "revision")} and ${count(heads, "signed head")} are as they were written.${kept}`;
}

/** Asks the server to go through every chain, and says what it found. */
export function Verification(props: { readonly organisation: string }): JSX.Element {
  const permissions = createOwnPermissions(() => ({ organisation: props.organisation }));
  const [result, setResult] = createSignal<Result>();
  const [failure, setFailure] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const verify = async () => {
    setBusy(true);
    setFailure(undefined);
    setResult(undefined);
    try {
      setResult(await ask("verification.run", { organisation: props.organisation }));
    } catch (error) {
      setFailure(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  const again = () => (
    <Button
      size="small"
      icon={<ShieldCheck size={14} aria-hidden="true" />}
      busy={isBusy()}
      disabled={permissions.may("VIEW_AUDIT_LOG") !== true}
      onClick={() => void verify()}
    >
      Verify
    </Button>
  );

  return (
    <div class="px-4 pb-3">
      <Switch fallback={<Notice action={again()}>Check that nobody has edited the log or the history behind our back.</Notice>}>
        <Match when={failure()}>
          {(message) => (
            <Notice tone="danger" title="Not checked." action={again()}>
              {message()}
            </Notice>
          )}
        </Match>
        <Match when={result()?.break}>
          {(found) => (
            <Notice tone="danger" title="Broken." action={again()}>
              {`The first thing that is not as it was written: ${found().what}. ${found().why}`}
            </Notice>
          )}
        </Match>
        <Match when={result()}>
          {(found) => (
            <Notice title="Intact." action={again()}>
              {intactText(found())}
            </Notice>
          )}
        </Match>
      </Switch>
    </div>
  );
}
