import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { fieldError, formError } from "../../lib/errors.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Checks } from "../../ui/Checks.tsx";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { NumberInput, TextInput } from "../../ui/inputs.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Select } from "../../ui/Select.tsx";
import { showToast } from "../../ui/toast.tsx";
import { endOfDay } from "../keys/index.ts";
import { type GivenRoleOrNone, orNull, ROLES_OR_NONE } from "./roles.ts";

interface InviteDialogProps {
  readonly organisation: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

const LINK_DAYS = 7;
const KINDS = [
  { kind: "mail", label: "By mail, to one person" },
  { kind: "link", label: "By a link you hand out" },
] as const;

/** A week from now, as a date box writes it. */
const inAWeek = () => new Date(Date.now() + LINK_DAYS * 86_400_000).toISOString().slice(0, 10);
const emptyForm = () => ({
  email: "",
  role: "viewer" as GivenRoleOrNone,
  groups: [] as readonly string[],
  expires: inAWeek(),
  maxUses: undefined as number | undefined,
});

/** Invites one address by mail, or makes a link, which is shown in the same dialog this once. */
export function InviteDialog(props: InviteDialogProps): JSX.Element {
  const [kind, setKind] = createSignal<"mail" | "link">("mail");
  const [form, setForm] = createSignal(emptyForm());
  const [link, setLink] = createSignal<string>();
  const change = (changes: Partial<ReturnType<typeof emptyForm>>) => setForm((before) => ({ ...before, ...changes }));
  const of = () => ({ input: { organisation: props.organisation }, enabled: props.open });
  const groups = createApiQuery(() => ({ path: "groups.list", ...of() }));
  const methods = createApiQuery(() => ({ path: "account.signInMethods", input: undefined, enabled: props.open }));
  const mail = createAct({
    path: "invitations.create",
    touches: ["invitations"],
    done: ({ email }) => {
      showToast({ title: `Invited ${email ?? ""}`, about: "The link in the mail is good for a week, and for them only." });
      close();
    },
  });
  const makeLink = createAct({ path: "invitations.createLink", touches: ["invitations"], done: ({ url }) => setLink(url) });
  const error = () => (kind() === "mail" ? mail : makeLink).error();
  const close = () => {
    setForm(emptyForm());
    setLink(undefined);
    mail.clear();
    makeLink.clear();
    props.onClose();
  };
  const submit = () => {
    const { email, role, expires, maxUses } = form();
    const gift = { organisation: props.organisation, role: orNull(role), groups: form().groups.map(Number) };
    if (kind() === "mail") void mail.run({ ...gift, email });
    else void makeLink.run({ ...gift, expiresAt: endOfDay(expires) ?? "", ...(maxUses !== undefined && { maxUses }) });
  };

  return (
    <Dialog
      open={props.open}
      onClose={close}
      wide={link() !== undefined}
      title={link() ? "Copy the link now" : "Invite people"}
      about={link() ? "It is shown this once. Whoever has it may join, until it ends or you revoke it." : undefined}
    >
      <Show
        when={link()}
        fallback={
          <form
            novalidate
            class="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <Show when={formError(error(), ["email", "role", "expiresAt", "maxUses"])}>
              {(message) => <Notice tone="danger">{message()}</Notice>}
            </Show>
            <fieldset class="flex flex-col gap-1">
              <legend class="sr-only">How to invite</legend>
              <For each={KINDS}>
                {(it) => (
                  <label class="flex items-center gap-2 max-desk:min-h-11">
                    <input type="radio" name="kind" checked={kind() === it.kind} onChange={() => setKind(it.kind)} />
                    {it.label}
                  </label>
                )}
              </For>
            </fieldset>
            <Show
              when={kind() === "mail"}
              fallback={
                <div class="flex flex-wrap gap-4">
                  <Field label="Ends on" hint="At the end of that day, in your zone." error={fieldError(error(), "expiresAt")}>
                    <TextInput type="date" class="w-44" value={form().expires} onInput={(expires) => change({ expires })} />
                  </Field>
                  <Field label="How many may join" optional hint="Empty for any number." error={fieldError(error(), "maxUses")}>
                    <NumberInput min={1} value={form().maxUses} onInput={(maxUses) => change({ maxUses })} />
                  </Field>
                </div>
              }
            >
              <Show when={methods.data?.mailIsSent === false}>
                <Notice>This server has no mail server: the mail is only written to its log. A link reaches people now.</Notice>
              </Show>
              <Field label="E-mail" error={fieldError(error(), "email")}>
                <TextInput
                  type="email"
                  placeholder="mel@example.com"
                  value={form().email}
                  onInput={(email) => change({ email })}
                />
              </Field>
            </Show>
            <Select
              label="Role in the whole organisation"
              class="max-w-52"
              choices={ROLES_OR_NONE}
              value={form().role}
              onChange={(role) => change({ role })}
              error={fieldError(error(), "role")}
            />
            <Show when={(groups.data?.length ?? 0) > 0}>
              <Checks
                label="Groups"
                choices={(groups.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
                values={form().groups}
                onChange={(chosen) => change({ groups: chosen })}
              />
            </Show>
            <div class="flex justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" kind="primary" busy={mail.isBusy() || makeLink.isBusy()}>
                {kind() === "mail" ? "Send the invitation" : "Make a link"}
              </Button>
            </div>
          </form>
        }
      >
        {(url) => (
          <>
            <CodeBlock code={url()} />
            <div class="flex justify-end">
              <Button kind="primary" onClick={close}>
                I have copied it
              </Button>
            </div>
          </>
        )}
      </Show>
    </Dialog>
  );
}
