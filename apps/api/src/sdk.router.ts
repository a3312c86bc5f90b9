/** The API of SDKs, at `/stream`, for environment keys only: a key cannot reach a management procedure, as there is none here. */
export { type SdkRouter, sdkRouter } from "./doors/stream/index.ts";
