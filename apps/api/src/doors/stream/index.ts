export { registerStream } from "./http.ts";
export { type SdkRouter, sdkRouter } from "./router.ts";
export type { StreamServices } from "./trpc.ts";
export { type StreamUpgrade, streamUpgrade } from "./upgrade.ts";
