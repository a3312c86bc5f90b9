import fc from "fast-check";
import { expect, it } from "vitest";
import { inEnvironment, parsePlace, placePath } from "./place.ts";

it("keeps the page when the environment changes", () => {
  const place = parsePlace("/shop/webshop/staging/flags/new-checkout");

  expect(place && inEnvironment(place, "production")).toBe("/shop/webshop/production/flags/new-checkout");
});

it.each(["/", "/~/setup", "/~/gallery/shell", "/shop/~/members", "/shop/webshop/~/general", "/shop/webshop"])(
  "reads no place out of %s",
  (path) => {
    expect(parsePlace(path)).toBeUndefined();
  },
);

it("reads no place out of a broken escape", () => {
  expect(parsePlace("/shop/%E0%A4%A/production/flags")).toBeUndefined();
});

it("reads back every place it writes", () => {
  const slug = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => text !== "~");
  fc.assert(
    fc.property(fc.tuple(slug, slug, slug), slug, ([organisation, project, environment], key) => {
      const place = { organisation, project, environment, page: `flags/${key.replaceAll("/", "-")}` };

      expect(parsePlace(placePath(place))).toEqual(place);
    }),
  );
});
