/** `If-None-Match`: a list, compared weakly, as proxies that compress mark a tag as weak; it is still ours. */
export function isSameTag(asked: string | undefined, tag: string): boolean {
  if (asked === undefined) return false;
  if (asked === tag || asked.trim() === "*") return true;
  const bare = tag.replace(/^W\//, "");
  return asked.split(",").some((one) => one.trim().replace(/^W\//, "") === bare);
}
