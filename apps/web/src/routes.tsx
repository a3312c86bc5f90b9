import { Route } from "@solidjs/router";
import type { JSX } from "solid-js";
import { lazy } from "solid-js";
import { NotFoundPage } from "./features/start/NotFoundPage.tsx";

const GalleryPage = lazy(() => import("./gallery/GalleryPage.tsx"));
const ShellExample = lazy(() => import("./gallery/ShellExample.tsx"));
const PlaceLayout = lazy(async () => ({ default: (await import("./features/shell/PlaceLayout.tsx")).PlaceLayout }));

/** Path → page, each loaded when it is first opened. `~` stands for pages above an environment. */
export function Routes(): JSX.Element {
  return (
    <>
      <Route path="/~/gallery" component={GalleryPage} />
      <Route path="/~/gallery/shell/*" component={ShellExample} />
      <Route path="/:organisation/:project/:environment" component={PlaceLayout}>
        <Route path="/*" component={NotFoundPage} />
      </Route>
      <Route path="*" component={NotFoundPage} />
    </>
  );
}
