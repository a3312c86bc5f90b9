import { useParams } from "@solidjs/router";
import Plus from "lucide-solid/icons/plus";
import ShieldCheck from "lucide-solid/icons/shield-check";
import type { JSX } from "solid-js";
import { createSignal, For, Show } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { listKind, staleSince } from "../../lib/list-kind.ts";
import { createOwnPermissions } from "../../lib/permissions.ts";
import { createApiQuery } from "../../lib/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ListState } from "../../ui/ListState.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Cell, Header, Row, Table, TableHead } from "../../ui/Table.tsx";
import { showToast } from "../../ui/toast.tsx";
import { GrantDialog } from "./GrantDialog.tsx";
import { type Grant, placeText, roleText } from "./grant-text.ts";

const KINDS = { member: "person", group: "group", "api-key": "API key" } as const;

/** Roles that hold in a part of the organisation, or for a group or key. */
export function AccessPage(): JSX.Element {
  const params = useParams();
  const organisation = () => params.organisation ?? "";
  const grants = createApiQuery(() => ({ path: "grants.list", input: { organisation: organisation() } }));
  const [isGranting, setGranting] = createSignal(false);
  const [withdrawing, setWithdrawing] = createSignal<Grant>();
  const withdraw = createAct({
    path: "grants.delete",
    touches: ["grants", "permissions", "account"],
    done: () => setWithdrawing(undefined),
    refused: (error) => showToast({ title: "Not withdrawn", about: errorMessage(error), tone: "danger" }),
  });
  // Whoever may grant in one environment only is told so where they choose the place.
  const create = () => (
    <Button kind="primary" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setGranting(true)}>
      Grant a role
    </Button>
  );

  return (
    <>
      <div class="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <p class="min-w-0 flex-1 basis-72 text-muted">
          Beside their role in the organisation, people, groups and keys can hold roles in a project or an environment.
        </p>
        <Show when={(grants.data?.length ?? 0) > 0}>{create()}</Show>
      </div>
      <ListState
        kind={listKind(grants, { count: grants.data?.length ?? 0 })}
        what="grants"
        error={errorMessage(grants.error)}
        staleSince={staleSince(grants)}
        onRetry={grants.refetch}
        empty={
          <EmptyState
            icon={<ShieldCheck size={24} />}
            title="Nothing is granted yet"
            about="Such as: Backend may edit flags of shop in staging, and only look at production."
            actions={create()}
          />
        }
      >
        <Table label="Grants">
          <TableHead>
            <Header>Who</Header>
            <Header>Role</Header>
            <Header class="max-desk:hidden">Where</Header>
            <Header hidden>Withdraw</Header>
          </TableHead>
          <tbody>
            <For each={grants.data}>
              {(grant) => <GrantRow organisation={organisation()} grant={grant} onWithdraw={() => setWithdrawing(grant)} />}
            </For>
          </tbody>
        </Table>
      </ListState>
      <Show when={isGranting()}>
        <GrantDialog organisation={organisation()} onClose={() => setGranting(false)} />
      </Show>
      <ConfirmDialog
        open={withdrawing() !== undefined}
        onClose={() => setWithdrawing(undefined)}
        onConfirm={() => {
          const grant = withdrawing();
          if (grant) void withdraw.run({ organisation: organisation(), id: grant.id });
        }}
        title={`Withdraw it from ${withdrawing()?.subject.name ?? "them"}?`}
        consequence={sentenceOf(withdrawing())}
        verb="Withdraw"
        danger
        busy={withdraw.isBusy()}
      />
    </>
  );
}

const sentenceOf = (grant: Grant | undefined): string =>
  grant === undefined ? "" : `The role ${roleText(grant)} in ${placeText(grant)} ends within seconds, in open windows too.`;

function GrantRow(props: { readonly organisation: string; readonly grant: Grant; readonly onWithdraw: () => void }) {
  const permissions = createOwnPermissions(() => ({
    organisation: props.organisation,
    ...(props.grant.project !== null && { project: props.grant.project }),
    ...(props.grant.environment !== null && { environment: props.grant.environment }),
  }));

  return (
    <Row class="h-12!">
      <Cell class="w-1/2 max-w-0">
        <p class="flex items-center gap-2">
          <span class="truncate font-medium">{props.grant.subject.name}</span>
          <Chip>{KINDS[props.grant.subject.kind]}</Chip>
        </p>
        <p class="truncate text-12 text-muted desk:hidden">{placeText(props.grant)}</p>
      </Cell>
      <Cell class="whitespace-nowrap">{roleText(props.grant)}</Cell>
      <Cell class="w-1/3 max-w-0 truncate text-muted max-desk:hidden" title={placeText(props.grant)}>
        {placeText(props.grant)}
      </Cell>
      <Cell align="right">
        <span title={permissions.whyNot("MANAGE_ACCESS")}>
          <Button
            size="small"
            kind="quiet"
            aria-label={`Withdraw ${roleText(props.grant)} from ${props.grant.subject.name}`}
            disabled={permissions.may("MANAGE_ACCESS") !== true}
            onClick={() => props.onWithdraw()}
          >
            Withdraw
          </Button>
        </span>
      </Cell>
    </Row>
  );
}
