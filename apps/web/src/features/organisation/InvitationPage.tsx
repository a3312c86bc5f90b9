import { A, useLocation, useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import { createSignal, Match, onMount, Show, Switch } from "solid-js";
import { createAct } from "../../lib/create-act.ts";
import { errorMessage, toErrorBody } from "../../lib/errors.ts";
import type { OutputOf } from "../../lib/procedures.ts";
import { createSession, SIGN_UP, signInThen, useSignOut } from "../../lib/session.ts";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { EntryPage } from "../frame/index.ts";
import { keptToken } from "./invitation-token.ts";
import { labelOf } from "./roles.ts";

type Offer = OutputOf<"invitations.show">;

const HERE = "/~/invitation";

/** What the link of an invitation opens, for somebody who may have no account yet. */
export function InvitationPage(): JSX.Element {
  const location = useLocation();
  const token = keptToken(location.hash);
  const [offer, setOffer] = createSignal<Offer>();
  const show = createAct({ path: "invitations.show", touches: [], done: setOffer });
  const ask = () => void show.run({ token: token.value });
  onMount(ask);
  const isAway = () => ["unavailable", "rate_limited"].includes(toErrorBody(show.error()).code);

  return (
    <EntryPage title={offer() ? `Join ${offer()?.organisation.name ?? ""}` : "Invitation"}>
      <Switch fallback={<Skeleton label="Loading the invitation" />}>
        <Match when={offer()}>{(it) => <Answer offer={it()} token={token.value} onDone={token.forget} />}</Match>
        <Match when={show.error() !== undefined}>
          <Notice
            tone="danger"
            action={
              <Show when={isAway()}>
                <Button size="small" onClick={ask}>
                  Try again
                </Button>
              </Show>
            }
          >
            {toErrorBody(show.error()).code === "not_found"
              ? "This link is not complete, or there never was such an invitation. Open it once more from where you got it."
              : errorMessage(show.error())}
          </Notice>
          <A href="/" class={buttonClass("default", "medium")}>
            To the start
          </A>
        </Match>
      </Switch>
    </EntryPage>
  );
}

interface AnswerProps {
  readonly offer: Offer;
  readonly token: string;
  readonly onDone: () => void;
}

function Answer(props: AnswerProps) {
  const session = createSession();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const accept = createAct({
    path: "invitations.accept",
    touches: ["account", "organisations"],
    done: ({ slug }) => {
      props.onDone();
      navigate(`/${slug}`, { replace: true });
    },
  });
  const isOther = () => props.offer.email !== null && session.me() !== undefined && session.me()?.email !== props.offer.email;
  const isMember = () => session.me()?.organisations.some(({ slug }) => slug === props.offer.organisation.slug) === true;

  return (
    <>
      <p class="text-14 text-muted">
        <Show when={props.offer.invitedBy} fallback="You are invited">
          {(name) => `${name()} invites you`}
        </Show>
        {props.offer.role === null ? "" : ` as ${labelOf(props.offer.role).toLowerCase()}`}. It is good until{" "}
        <RelativeTime at={props.offer.expiresAt} />.
      </p>
      <Show when={accept.error()}>{(error) => <Notice tone="danger">{errorMessage(error())}</Notice>}</Show>
      <Switch fallback={<Skeleton label="Looking who is signed in" />}>
        <Match when={session.state() === "unreachable"}>
          <Notice
            tone="danger"
            action={
              <Button size="small" onClick={session.retry}>
                Try again
              </Button>
            }
          >
            {errorMessage(session.error())}
          </Notice>
        </Match>
        <Match when={session.state() === "out"}>
          <A href={signInThen(HERE)} class={buttonClass("primary", "medium")}>
            Sign in to join
          </A>
          <p class="text-12 text-muted">
            No account yet?{" "}
            <A href={SIGN_UP} class="underline hover:text-ink max-desk:py-3">
              Make one
            </A>
            {props.offer.email === null ? "" : ` with ${props.offer.email}`}, then open the invitation once more.
          </p>
        </Match>
        <Match when={isMember()}>
          <Notice>You are a member already.</Notice>
          <A href={`/${props.offer.organisation.slug}`} class={buttonClass("primary", "medium")}>
            {`Open ${props.offer.organisation.name}`}
          </A>
        </Match>
        <Match when={isOther()}>
          <Notice tone="scheduled" title="This is for somebody else.">
            It was sent to {props.offer.email}; you are signed in as {session.me()?.email}.
          </Notice>
          <Button kind="primary" onClick={() => void signOut(HERE)}>
            Sign in as somebody else
          </Button>
        </Match>
        <Match when={session.me()}>
          {(me) => (
            <>
              <Button kind="primary" busy={accept.isBusy()} onClick={() => void accept.run({ token: props.token })}>
                {`Join as ${me().name}`}
              </Button>
              <Button kind="quiet" size="small" onClick={() => void signOut(HERE)}>
                Somebody else
              </Button>
            </>
          )}
        </Match>
      </Switch>
    </>
  );
}
