import { can, definitionOf, type Grant, type Target } from "@halyard/contracts/permissions";
import { AppError } from "../errors.ts";
import { type Asker, whoCanGrant } from "./demand.ts";

/**
 * Nobody gives, or hands out the secret of, more than they hold: else whoever may choose roles could choose all of them.
 *
 * @throws AppError `forbidden`
 */
export async function refuseMoreThanOwn({ db, grants }: Asker, given: readonly Grant[]): Promise<void> {
  for (const { place, permissions, tags } of given) {
    for (const permission of permissions) {
      const targets: Target[] =
        tags !== null && definitionOf(permission).byTag ? tags.map((tag) => ({ ...place, tags: [tag] })) : [place];
      if (targets.every((target) => can(grants, permission, target))) continue;
      const who = await whoCanGrant(db, place.organisation);
      throw new AppError(
        "forbidden",
        `This comes with \`${permission}\`, which you do not hold there yourself, so you cannot give it. Ask ${who}.`,
      );
    }
  }
}
