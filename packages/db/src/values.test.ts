import type { JsonValue } from "@halyard/evaluator/model";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { flag, organisation, project } from "./schema/index.ts";
import { openTestDatabase, testPostgresUrl } from "./testing.ts";

const VALUES: readonly JsonValue[] = [
  "123",
  "true",
  "null",
  '"quoted"',
  '{"a":1}',
  "",
  0,
  1e300,
  false,
  null,
  [1, "2"],
  { a: "3" },
];

describe.each(testPostgresUrl ? (["pglite", "postgres"] as const) : (["pglite"] as const))("a stored value on %s", (driver) => {
  it("reads back with the type it was written with, also where a string looks like JSON", async () => {
    const { db, close } = await openTestDatabase(driver);
    const [owner] = await db.insert(organisation).values({ name: "Acme", slug: "acme" }).returning();
    const [shop] = await db.insert(project).values({ organisationId: owner!.id, name: "Shop", slug: "shop" }).returning();

    for (const [index, value] of VALUES.entries()) {
      const key = `flag-${index}`;
      await db.insert(flag).values({ projectId: shop!.id, key, valueType: "json", defaultValue: value });

      const [row] = await db.select().from(flag).where(eq(flag.key, key));

      expect(row?.defaultValue).toEqual(value);
    }
    await close();
  });
});
