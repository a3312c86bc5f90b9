export const ROLES = [
  { value: "member", label: "Member" },
  { value: "administrator", label: "Administrator" },
] as const;
