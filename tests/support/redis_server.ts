// A database of the Redis server that the tests run beside, as a store to connect (tests/support/redis.sh).

import { must } from "./sql_servers.ts";
import { server } from "./servers.ts";

/** None when the tests run without one. */
export const redis = server("PRIVITY_TEST_REDIS");
// The suites of src/connect count from 0 upwards.
const database = "1000";

export const redisUrl = () => `redis://${redis!.host}:${redis!.port}/${database}`;

export async function redisRun(...command: string[]): Promise<string> {
  return must("redis-cli", "-h", redis!.host, "-p", redis!.port, "-n", database, ...command);
}

/** Every hash with what it holds, sorted. */
export async function redisKeys(): Promise<string[]> {
  const keys = (await redisRun("--scan")).split("\n").filter((key) => key !== "").sort();
  return Promise.all(keys.map(async (key) => `${key} ${(await redisRun("HGETALL", key)).trim().split("\n").join(" ")}`));
}

export const redisFlush = () => redisRun("FLUSHDB");
