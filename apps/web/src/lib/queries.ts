import type { InfiniteData, QueryClient } from "@tanstack/solid-query";
import { InfiniteQueryObserver, QueryObserver, useQueryClient } from "@tanstack/solid-query";
import { getUntypedClient } from "@trpc/client";
import type { Accessor } from "solid-js";
import { createComputed, createMemo, createSignal, on, onCleanup } from "solid-js";
import { api } from "./api.ts";
import type { InputOf, MutationPath, OutputOf, QueryPath } from "./procedures.ts";

export interface ApiQueryOptions<P extends QueryPath> {
  readonly path: P;
  readonly input: InputOf<P>;
  /** @default true */
  readonly enabled?: boolean;
  /** Shows the answer of the input before while a new one loads. @default true */
  readonly keep?: boolean;
  /** Asks again after so long, in milliseconds, while the page is looked at. For what no live event tells of. */
  readonly everyMs?: number | undefined;
}

/** What a page reads. Never suspends: nothing on the page goes away while something loads. */
export interface ApiQuery<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  /** No answer yet, of this or an earlier input. */
  readonly isPending: boolean;
  readonly isFetching: boolean;
  /** What is shown belongs to the input before. */
  readonly isPrevious: boolean;
  /** When `data` came; milliseconds since 1970. */
  readonly updatedAt: number;
  readonly refetch: () => void;
}

/** `["flags", "list", { organisation: … }]`: the path's parts, then the input. */
export const queryKey = (path: string, input?: unknown): readonly unknown[] =>
  input === undefined ? path.split(".") : [...path.split("."), input];

/** Asks once, without the cache. */
export async function ask<P extends QueryPath>(path: P, input: InputOf<P>, signal?: AbortSignal): Promise<OutputOf<P>> {
  // The untyped client takes the path as text; P ties the answer to it.
  return (await getUntypedClient(api).query(path, input, signal && { signal })) as OutputOf<P>;
}

/** Writes. @throws TRPCClientError; read it with `toErrorBody` */
export async function act<P extends MutationPath>(path: P, input: InputOf<P>): Promise<OutputOf<P>> {
  return (await getUntypedClient(api).mutation(path, input)) as OutputOf<P>;
}

/** A question to the API, asked again whenever its input changes; the answer is shared by everyone who asks the same. */
export function createApiQuery<P extends QueryPath>(options: Accessor<ApiQueryOptions<P>>): ApiQuery<OutputOf<P>> {
  const client = useQueryClient();
  const settings = createMemo(() => {
    const { path, input, enabled = true, keep = true, everyMs } = options();
    return client.defaultQueryOptions({
      queryKey: queryKey(path, input),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => ask(path, input, signal),
      enabled,
      ...(everyMs !== undefined && { refetchInterval: everyMs }),
      // Only within one procedure; what another answered has another shape.
      ...(keep && { placeholderData: (before: unknown) => before }),
      _optimisticResults: "optimistic",
    });
  });
  const observer = new QueryObserver(client, settings());
  const [result, setResult] = createSignal(observer.getOptimisticResult(settings()));
  onCleanup(observer.subscribe((next) => setResult(next)));
  createComputed(
    on(
      settings,
      (next) => {
        observer.setOptions(next);
        setResult(observer.getOptimisticResult(next));
      },
      { defer: true },
    ),
  );
  // The cache knows no types; the path in the key ties this answer to P.
  const data = createMemo(() => result().data as OutputOf<P> | undefined);

  return {
    get data() {
      return data();
    },
    get error(): unknown {
      return result().error ?? undefined;
    },
    get isPending() {
      return result().isPending;
    },
    get isFetching() {
      return result().isFetching;
    },
    get isPrevious() {
      return result().isPlaceholderData;
    },
    get updatedAt() {
      return result().dataUpdatedAt;
    },
    refetch: () => void observer.refetch(),
  };
}

/** Procedures that answer in keyset pages. */
export type PagedPath = {
  [P in QueryPath]: OutputOf<P> extends { items: unknown[]; next: string | null } ? P : never;
}[QueryPath];
export type ItemOf<P extends PagedPath> = OutputOf<P> extends { items: (infer T)[] } ? T : never;

export interface ApiPages<T> extends Omit<ApiQuery<readonly T[]>, "data"> {
  /** Of all pages loaded so far. */
  readonly items: readonly T[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Does nothing while a page is on its way. */
  readonly loadMore: () => void;
}

/** A list that grows page by page. `input` goes without `after`. */
export function createApiPages<P extends PagedPath>(options: Accessor<ApiQueryOptions<P>>): ApiPages<ItemOf<P>> {
  const client = useQueryClient();
  interface Page {
    readonly items: readonly ItemOf<P>[];
    readonly next: string | null;
  }
  const settings = createMemo(() => {
    const { path, input, enabled = true, keep = true } = options();
    return {
      // "pages" keeps it apart from a single page asked for with the same input.
      queryKey: [...queryKey(path, input), "pages"],
      queryFn: async ({ pageParam, signal }: { readonly pageParam: string | undefined; readonly signal: AbortSignal }) =>
        // Every paged procedure takes `after` and answers a page; the compiler cannot see it through P.
        (await getUntypedClient(api).query(path, { ...(input as object), after: pageParam }, { signal })) as Page,
      initialPageParam: undefined,
      getNextPageParam: (last: Page) => last.next ?? undefined,
      enabled,
      ...(keep && { placeholderData: (before: InfiniteData<Page, string | undefined> | undefined) => before }),
    };
  });
  const make = () => ({ ...settings(), _optimisticResults: "optimistic" as const });
  const observer = new InfiniteQueryObserver<
    Page,
    Error,
    InfiniteData<Page, string | undefined>,
    readonly unknown[],
    string | undefined
  >(client, make());
  const [result, setResult] = createSignal(observer.getCurrentResult());
  onCleanup(observer.subscribe((next) => setResult(next)));
  createComputed(
    on(
      settings,
      () => {
        observer.setOptions(make());
        setResult(observer.getCurrentResult());
      },
      { defer: true },
    ),
  );
  const items = createMemo(() => result().data?.pages.flatMap((page) => page.items) ?? []);

  return {
    get items() {
      return items();
    },
    get error(): unknown {
      return result().error ?? undefined;
    },
    get isPending() {
      return result().isPending;
    },
    get isFetching() {
      return result().isFetching;
    },
    get isPrevious() {
      return result().isPlaceholderData;
    },
    get updatedAt() {
      return result().dataUpdatedAt;
    },
    get hasMore() {
      return result().hasNextPage;
    },
    get isLoadingMore() {
      return result().isFetchingNextPage;
    },
    loadMore: () => {
      if (result().hasNextPage && !result().isFetching) void observer.fetchNextPage();
    },
    refetch: () => void observer.refetch(),
  };
}

/** Everything asked under a path, whatever the input: `"flags"`, `"flags.list"`. What is on the page is asked again at once. */
export const invalidate = async (client: QueryClient, ...paths: readonly string[]): Promise<void> => {
  await Promise.all(paths.map((path) => client.invalidateQueries({ queryKey: queryKey(path) })));
};
