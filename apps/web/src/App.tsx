import { Router } from "@solidjs/router";
import { QueryClientProvider } from "@tanstack/solid-query";
import type { JSX } from "solid-js";
import { ErrorBoundary, Suspense } from "solid-js";
import { createQueryClient } from "./lib/query-client.ts";
import { Routes } from "./routes.tsx";
import { ErrorState } from "./ui/states.tsx";
import { Toaster } from "./ui/toast.tsx";

export function App(): JSX.Element {
  const queryClient = createQueryClient();

  return (
    <QueryClientProvider client={queryClient}>
      <Router
        root={(props) => (
          <ErrorBoundary
            fallback={(error, reset) => {
              console.error(error);
              return (
                <ErrorState
                  title="This page broke"
                  message="Nothing you did was lost on the server, and flags are still being served. Try again, or reload the window."
                  onRetry={reset}
                />
              );
            }}
          >
            <Suspense>{props.children}</Suspense>
          </ErrorBoundary>
        )}
      >
        <Routes />
      </Router>
      <Toaster />
    </QueryClientProvider>
  );
}
