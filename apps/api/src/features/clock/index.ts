export { clockJob } from "./clock-job.ts";
