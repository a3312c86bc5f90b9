import { z } from "zod";
import { givenRole, role } from "./access.ts";
import { inOrganisation } from "./scope.ts";
import { email, id, instant, slug, text } from "./text.ts";

export const invitation = z.object({
  id,
  /** To one address by mail, or a link for whoever has it. */
  kind: z.enum(["mail", "link"]),
  email: z.string().nullable(),
  role: role.nullable(),
  groups: z.array(z.object({ id, name: z.string() })),
  /** How many may come in; null for any number. */
  maxUses: z.number().int().nullable(),
  uses: z.number().int(),
  invitedBy: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant,
});

const gives = {
  /** Null for what the groups and later grants give only. */
  role: givenRole.nullable(),
  groups: z.array(id).max(50).optional(),
};
/** A later invitation of the same address takes the place of an earlier one. */
export const createInvitationInput = inOrganisation.extend({ email, ...gives });
export const createInvitationLinkInput = inOrganisation.extend({
  ...gives,
  expiresAt: instant,
  maxUses: z.number().int().min(1).max(10_000).optional(),
});
/** `url` is shown this once. */
export const createdInvitationLink = invitation.extend({ url: z.string() });
export const ofInvitation = inOrganisation.extend({ id });

export const withInvitationToken = z.strictObject({ token: text(200) });
/** What somebody sees before they accept. */
export const offeredInvitation = z.object({
  organisation: z.object({ name: z.string(), slug }),
  email: z.string().nullable(),
  role: role.nullable(),
  invitedBy: z.string().nullable(),
  expiresAt: instant,
});
