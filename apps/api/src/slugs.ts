import { LIMITS } from "@halyard/contracts";
import { AppError } from "./errors.ts";

/** A slug for a name: `Web Shop (EU)` becomes `web-shop-eu`; `fallback` where no letter or digit is left. */
export function slugify(name: string, fallback: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LIMITS.slug)
    .replace(/^-+|-+$/g, "");
  return plain === "" ? fallback : plain;
}

export interface SlugWish {
  readonly name: string;
  /** What the caller asked for; taken or refused, never changed. */
  readonly slug?: string | undefined;
  readonly noun: string;
}

/**
 * Inserts under the wished slug, or under the first free one made from the name: `shop`, `shop-2`, `shop-3`.
 *
 * @param insert answers `undefined` where the slug is taken (`on conflict do nothing`)
 * @throws AppError `conflict` where the wished slug is taken
 */
export async function insertWithSlug<T>(wish: SlugWish, insert: (slug: string) => Promise<T | undefined>): Promise<T> {
  if (wish.slug !== undefined) {
    const row = await insert(wish.slug);
    if (row === undefined)
      throw new AppError("conflict", `The ${wish.noun} \`${wish.slug}\` exists already; choose another slug.`);
    return row;
  }
  const base = slugify(wish.name, wish.noun);
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? "" : `-${number}`;
    const row = await insert(`${base.slice(0, LIMITS.slug - suffix.length)}${suffix}`);
    if (row !== undefined) return row;
  }
}
