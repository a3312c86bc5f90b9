import { Route } from "@solidjs/router";
import type { JSX } from "solid-js";
import { lazy } from "solid-js";
import { NotFoundPage } from "./features/frame/index.ts";
import { AboveRoutes } from "./routes.above.tsx";
import { PlaceRoutes } from "./routes.place.tsx";

const GalleryPage = lazy(() => import("./gallery/GalleryPage.tsx"));
const ShellExample = lazy(() => import("./gallery/ShellExample.tsx"));
const PlaceLayout = lazy(async () => ({ default: (await import("./features/shell/PlaceLayout.tsx")).PlaceLayout }));

const FlagsPage = lazy(async () => ({ default: (await import("./features/flags/FlagsPage.tsx")).FlagsPage }));
const FlagPage = lazy(async () => ({ default: (await import("./features/flags/FlagPage.tsx")).FlagPage }));
const HistoryPage = lazy(async () => ({ default: (await import("./features/history/HistoryPage.tsx")).HistoryPage }));

/** Path → page, each loaded when it is first opened. `~` stands for pages above an environment. */
export function Routes(): JSX.Element {
  return (
    <>
      <Route path="/~/gallery" component={GalleryPage} />
      <Route path="/~/gallery/shell/*" component={ShellExample} />
      <Route path="/:organisation/:project/:environment" component={PlaceLayout}>
        <Route path="/flags" component={FlagsPage} />
        <Route path="/flags/:flag" component={FlagPage} />
        <Route path="/history" component={HistoryPage} />
        <PlaceRoutes />
        <Route path="/*" component={NotFoundPage} />
      </Route>
      <AboveRoutes />
      <Route path="*" component={NotFoundPage} />
    </>
  );
}
