export { createMail, type Mail } from "./mail.ts";
export type { MailSettings } from "./transport.ts";
