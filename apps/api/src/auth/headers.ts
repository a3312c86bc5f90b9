/** The headers that one of better-auth's errors carries, such as where it redirects to. */
export const headersOf = ({ headers }: { readonly headers?: unknown }): Headers => new Headers(headers as Headers | undefined);
