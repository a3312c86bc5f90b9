/** What `npm run journey` and `npm run browser` found on this machine. */
export const postgresUrl = process.env["HALYARD_TEST_DATABASE_URL"];
export const redisUrl = process.env["HALYARD_TEST_REDIS_URL"];
export const chromiumPath = process.env["HALYARD_TEST_CHROMIUM"];

/** Whether the machine is too busy for limits in milliseconds to say anything about the product. */
export const isSlowMachine = process.env["HALYARD_SLOW_MACHINE"] !== undefined;
