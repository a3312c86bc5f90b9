import Ellipsis from "lucide-solid/icons/ellipsis";
import type { JSX } from "solid-js";
import { Show } from "solid-js";
import type { OwnPermissions } from "../../lib/permissions.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { Select } from "../../ui/Select.tsx";
import { Cell, Row } from "../../ui/Table.tsx";
import { orNull, rolesWith } from "./roles.ts";

export type Member = OutputOf<"members.list">[number];
type Role = Member["role"];

interface MemberRowProps {
  readonly member: Member;
  readonly isViewer: boolean;
  /** Nobody else is an owner. */
  readonly isLastOwner: boolean;
  /** What groups and grants give besides. */
  readonly standing: readonly string[];
  readonly permissions: OwnPermissions;
  readonly onRole: (role: Role) => void;
  readonly onHandOver: () => void;
  readonly onRemove: () => void;
}

const LAST_OWNER = "The only owner; hand the organisation over first.";

export function MemberRow(props: MemberRowProps): JSX.Element {
  const whyNoRole = () =>
    props.isLastOwner ? LAST_OWNER : props.permissions.whyNot(props.member.role === "owner" ? "MANAGE_OWNERS" : "MANAGE_MEMBERS");
  // Leaving needs no permission.
  const whyNoRemoval = () => (props.isViewer && !props.isLastOwner ? undefined : whyNoRole());
  const whyNoHandOver = () =>
    props.isViewer ? "You cannot hand it over to yourself." : props.permissions.whyNot("MANAGE_OWNERS");

  return (
    <Row class="h-12!">
      <Cell class="w-full max-w-0 py-1">
        <div class="flex items-center gap-3">
          <span aria-hidden="true" class="inline-flex max-desk:hidden">
            <Avatar name={props.member.name} large />
          </span>
          <div class="min-w-0">
            <p class="truncate font-medium">
              {props.member.name}
              <Show when={props.isViewer}>
                <span class="font-normal text-faint"> (you)</span>
              </Show>
            </p>
            <p class="truncate text-12 text-muted">{props.member.email}</p>
            <Show when={props.standing.length > 0}>
              <p class="truncate text-12 text-muted" title={props.standing.join("\n")}>
                {`Also ${props.standing.join("; ")}`}
              </p>
            </Show>
          </div>
        </div>
      </Cell>
      <Cell>
        <div title={whyNoRole()}>
          <Select
            class="w-36"
            label={`Role of ${props.member.name}`}
            hideLabel
            choices={rolesWith(props.member.role)}
            value={props.member.role ?? "none"}
            disabled={whyNoRole() !== undefined || props.permissions.may("MANAGE_MEMBERS") !== true}
            onChange={(role) => props.onRole(orNull(role))}
          />
        </div>
      </Cell>
      <Cell align="right" class="whitespace-nowrap max-desk:hidden">
        <RelativeTime at={props.member.createdAt} />
      </Cell>
      <Cell align="right">
        <Menu
          label={`More about ${props.member.name}`}
          triggerClass="grid size-7 place-items-center rounded-2 text-faint hover:bg-hover hover:text-ink max-desk:size-11"
          trigger={<Ellipsis size={16} aria-hidden="true" />}
          groups={[
            [
              {
                label: "Hand the organisation over",
                hint: whyNoHandOver() ?? "They become owner in your place, you an admin.",
                disabled: whyNoHandOver() !== undefined,
                onSelect: () => props.onHandOver(),
              },
            ],
            [
              {
                label: props.isViewer ? "Leave the organisation" : "Remove",
                hint: whyNoRemoval(),
                disabled: whyNoRemoval() !== undefined,
                danger: true,
                onSelect: () => props.onRemove(),
              },
            ],
          ]}
        />
      </Cell>
    </Row>
  );
}
