export { type VerificationOptions, verificationJobs } from "./jobs.ts";
export { createSigningKey, type SigningKey } from "./signing-key.ts";
