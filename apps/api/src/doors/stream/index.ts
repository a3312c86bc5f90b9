export { registerStream } from "./http.ts";
export { type SdkRouter, sdkRouter } from "./router.ts";
export { streamUpgrade } from "./upgrade.ts";
