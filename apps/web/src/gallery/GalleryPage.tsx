import type { JSX } from "solid-js";
import { For } from "solid-js";
import { SchemeMenu } from "../features/frame/index.ts";
import type { Examples } from "../ui/examples.ts";
import { Mark } from "../ui/Mark.tsx";
import { allExamples } from "./all-examples.ts";

/** Every part of the design system in every state. */
export default function GalleryPage(): JSX.Element {
  return (
    <div class="flex h-full max-desk:block max-desk:overflow-y-auto">
      <nav
        aria-label="Parts"
        class="w-[var(--rail)] shrink-0 overflow-y-auto border-r border-line bg-sunken p-2 max-desk:w-full max-desk:border-r-0 max-desk:border-b"
      >
        <div class="mb-2 flex h-8 items-center gap-2 px-2 font-semibold">
          <Mark />
          <span class="flex-1">Gallery</span>
          <SchemeMenu />
        </div>
        <div class="max-desk:grid max-desk:grid-cols-3">
          <For each={allExamples}>
            {(entry) => (
              <a
                href={`#${entry.part}`}
                class="flex h-7 items-center rounded-1 px-2 text-muted hover:bg-hover hover:text-ink max-desk:h-11"
              >
                {entry.part}
              </a>
            )}
          </For>
          <a
            href="/~/gallery/shell/shop/webshop/production/flags"
            class="flex h-7 items-center rounded-1 px-2 text-accent hover:bg-hover max-desk:h-11"
          >
            The shell
          </a>
        </div>
      </nav>
      <main class="min-w-0 flex-1 overflow-y-auto p-8 max-desk:p-4">
        <h1 class="mb-6 text-28 font-semibold tracking-[-0.02em]">The parts</h1>
        <For each={allExamples}>{(entry) => <Part entry={entry} />}</For>
      </main>
    </div>
  );
}

function Part(props: { readonly entry: Examples }) {
  return (
    <section id={props.entry.part} aria-labelledby={`${props.entry.part}-title`} class="mb-10 max-w-240 scroll-mt-4">
      <h2 id={`${props.entry.part}-title`} class="text-16 font-semibold">
        {props.entry.part}
      </h2>
      <p class="mb-3 text-muted">{props.entry.about}</p>
      <div class="grid grid-cols-[repeat(auto-fill,minmax(min(100%,300px),1fr))] overflow-hidden rounded-3 border border-line">
        <For each={props.entry.examples}>
          {(example) => (
            <figure
              class={`-mr-px -mb-px flex min-w-0 flex-col border-r border-b border-line ${example.wide ? "col-span-full" : ""}`}
            >
              <figcaption class="px-4 pt-3 text-12 text-faint">{example.state}</figcaption>
              <div class="flex min-h-18 flex-1 items-center p-4 pt-3 [&>*]:max-w-full">
                <div class={example.wide ? "w-full" : "w-full min-w-0"}>{example.draw()}</div>
              </div>
            </figure>
          )}
        </For>
      </div>
    </section>
  );
}
