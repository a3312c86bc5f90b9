import type { JSX } from "solid-js";
import { mergeProps, Show } from "solid-js";
import { cx } from "./cx.ts";
import "./Switch.css";

export type SwitchSize = "row" | "page" | "hero";

export interface SwitchProps {
  readonly on: boolean;
  /** What is raised and lowered: "new-checkout in Production". */
  readonly label: string;
  readonly onChange?: ((on: boolean) => void) | undefined;
  /** Not yet confirmed: the flag has climbed but is not filled. */
  readonly pending?: boolean | undefined;
  /** The viewer may look but not touch: a mast without a halyard. */
  readonly readOnly?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** 24, 40 or 160 px high. @default "row" */
  readonly size?: SwitchSize | undefined;
  /** Writes the state beside the mast. */
  readonly words?: boolean | undefined;
  readonly class?: string | undefined;
}

interface Rig {
  readonly width: number;
  readonly height: number;
  /** Distance of the mast from the left edge. */
  readonly mast: number;
  readonly flag: { readonly width: number; readonly height: number };
  readonly stroke: number;
}

const RIGS: Record<SwitchSize, Rig> = {
  row: { width: 36, height: 24, mast: 8, flag: { width: 19, height: 11.5 }, stroke: 1.5 },
  page: { width: 56, height: 40, mast: 12, flag: { width: 32, height: 19 }, stroke: 1.75 },
  hero: { width: 168, height: 160, mast: 34, flag: { width: 106, height: 62 }, stroke: 3 },
};

/** A swallow-tailed flag with one wave in it, hung from (0, 0) along its hoist. */
function flyingPath({ width: w, height: h }: Rig["flag"]): string {
  const wave = h * 0.13;
  return [
    "M0 0",
    `C${w * 0.3} ${-wave} ${w * 0.58} ${wave * 1.7} ${w} ${wave * 0.4}`,
    `L${w * 0.8} ${h * 0.5 + wave * 0.5}`,
    `L${w} ${h + wave * 0.4}`,
    `C${w * 0.58} ${h + wave * 1.7} ${w * 0.3} ${h - wave} 0 ${h}`,
    "Z",
  ].join(" ");
}

/** The same flag without wind: it hangs along the mast, its fly end lowest. */
function furledPath({ width: w, height: h }: Rig["flag"]): string {
  return [
    `M0 0`,
    `C${w * 0.17} ${h * 0.1} ${w * 0.3} ${h * 0.55} ${w * 0.33} ${h * 1.04}`,
    `L${w * 0.17} ${h * 0.9}`,
    `L0 ${h}`,
    "Z",
  ].join(" ");
}

/** Raises and lowers: the flag climbs its halyard when on, and hangs at the foot when off. */
export function Switch(given: SwitchProps): JSX.Element {
  const props = mergeProps({ size: "row" } as const, given);
  const rig = () => RIGS[props.size];
  const top = () => rig().stroke * 2.4;
  const foot = () => rig().height - rig().stroke * 1.3;
  /** The halyard runs beside the mast; the flag hangs on it. */
  const rope = () => rig().mast + rig().stroke * 1.7;
  const climb = () => foot() - top() - rig().flag.height - rig().stroke * 2;

  return (
    <button
      type="button"
      role="switch"
      aria-checked={props.on}
      aria-label={props.label}
      aria-busy={props.pending}
      aria-readonly={props.readOnly}
      aria-disabled={props.readOnly}
      disabled={props.disabled}
      data-pending={props.pending ? "" : undefined}
      data-read-only={props.readOnly ? "" : undefined}
      class={cx("halyard", props.class)}
      onClick={() => !props.readOnly && props.onChange?.(!props.on)}
    >
      <svg
        width={rig().width}
        height={rig().height}
        viewBox={`0 0 ${rig().width} ${rig().height}`}
        style={{ "--climb": `${climb()}px`, "--stroke": `${rig().stroke}px` }}
        aria-hidden="true"
      >
        <path class="halyard-mast" d={`M${rig().mast} ${top() * 0.6}V${foot()}`} />
        <path class="halyard-mast" d={`M${rig().mast - rig().stroke * 2.6} ${foot()}H${rig().mast + rig().stroke * 2.6}`} />
        <circle class="halyard-truck" cx={rig().mast} cy={rig().stroke * 1.3} r={rig().stroke * 1.2} />
        <Show when={!props.readOnly}>
          <path class="halyard-rope" d={`M${rig().mast} ${rig().stroke * 1.3}L${rope()} ${top()}V${foot()}`} />
        </Show>
        <g class="halyard-hoist" style={{ "--x": `${rope()}px`, "--y": `${top() + rig().stroke * 0.5}px` }}>
          <path class="halyard-furled" d={furledPath(rig().flag)} />
          <Show when={props.size !== "row"}>
            <path class="halyard-fold" d={`M0 0L${rig().flag.width * 0.17} ${rig().flag.height * 0.9}`} />
          </Show>
          <path class="halyard-flying" d={flyingPath(rig().flag)} />
        </g>
      </svg>
      <Show when={props.words}>
        <span class={cx("min-w-6 text-left text-13 font-medium", props.on ? "text-on" : "text-muted")}>
          {props.on ? "On" : "Off"}
        </span>
      </Show>
    </button>
  );
}
