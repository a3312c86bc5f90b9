import { useNavigate } from "@solidjs/router";
import type { Accessor } from "solid-js";
import { createSignal } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage } from "../../lib/errors.ts";
import { showToast } from "../../ui/toast.tsx";
import type { Member } from "./MemberRow.tsx";
import { labelOf } from "./roles.ts";

export interface MemberQuestion {
  readonly kind: "remove" | "leave" | "hand-over";
  readonly member: Member;
}

export interface MemberWrites {
  readonly setRole: (member: Member, role: Member["role"]) => Promise<boolean>;
  readonly ask: (question: MemberQuestion) => void;
  readonly asked: Accessor<MemberQuestion | undefined>;
  readonly cancel: () => void;
  readonly confirm: () => void;
  readonly isBusy: Accessor<boolean>;
}

const touches = ["members", "account", "organisations", "permissions", "groups", "grants"];
const refused = (error: unknown) => showToast({ title: "Not changed", about: errorMessage(error), tone: "danger" });

/** What is changed of members; what cannot be undone by the same hand is asked first. */
export function createMemberWrites(organisation: Accessor<string>): MemberWrites {
  const navigate = useNavigate();
  const [asked, setAsked] = createSignal<MemberQuestion>();
  const cancel = (): void => {
    setAsked(undefined);
  };
  const said = (title: string) => {
    cancel();
    showToast({ title });
  };
  const setRole = createAct({
    path: "members.setRole",
    touches,
    refused,
    done: ({ name, role }) => showToast({ title: `${name}: ${labelOf(role)} from now on` }),
  });
  const remove = createAct({ path: "members.remove", touches, refused, done: () => said("Removed") });
  const handOver = createAct({
    path: "members.transferOwnership",
    touches,
    refused,
    done: ({ name }) => said(`${name} is owner from now on`),
  });
  const leave = createAct({
    path: "members.leave",
    touches: ["account", "organisations"],
    refused,
    done: () => {
      said("You have left");
      navigate("/");
    },
  });
  const confirm = () => {
    const question = asked();
    if (!question) return;
    const of = { organisation: organisation(), userId: question.member.userId };
    if (question.kind === "leave") void leave.run({ organisation: organisation() });
    else void (question.kind === "remove" ? remove : handOver).run(of);
  };

  return {
    setRole: ({ userId }, role) => setRole.run({ organisation: organisation(), userId, role }),
    ask: setAsked,
    asked,
    cancel,
    confirm,
    isBusy: () => remove.isBusy() || handOver.isBusy() || leave.isBusy(),
  };
}
