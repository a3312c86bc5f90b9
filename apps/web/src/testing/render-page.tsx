import { createMemoryHistory, MemoryRouter, Route } from "@solidjs/router";
import { render } from "@solidjs/testing-library";
import { QueryClientProvider } from "@tanstack/solid-query";
import type { Component } from "solid-js";
import { createQueryClient } from "../lib/query-client.ts";
import { Toaster } from "../ui/toast.tsx";

/** Draws a page as the router would at an address. @returns the address it is at now */
export function renderPage(page: Component, { path, at }: { readonly path: string; readonly at: string }): () => string {
  const history = createMemoryHistory();
  history.set({ value: at });
  // A prop is a getter: made in place, everybody who asks for the client would get another.
  const client = createQueryClient();
  render(() => (
    <QueryClientProvider client={client}>
      <MemoryRouter history={history}>
        <Route path={path} component={page} />
        <Route path="*" component={() => <p>Another page</p>} />
      </MemoryRouter>
      <Toaster />
    </QueryClientProvider>
  ));
  return () => history.get();
}
