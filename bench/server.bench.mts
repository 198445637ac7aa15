// The real binary, as a client sees it: JSON routes beside the bare server of src/http (bench/bare_server.cc), the way from start to
// ready, memory at rest, and thousands of idle connections beside busy ones. Rounds alternate, medians count, ratios matter: this runs
// on machines where other work runs too. Needs wrk (./dev bench installs it).

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Answer, binary, Client, Privity } from "../tests/support/privity.ts";

const rounds = 5;
const roundSeconds = 2;
const busyClients = 64;
const idleConnections = 5000;
const tokenCount = 16;
const starts = 15;
const people = Array.from({ length: 2000 }, (_, n) => `192.0.${2 + (n >> 8)}.${n & 255}`);
const folder = mkdtempSync(join(tmpdir(), "privity-bench-"));

/** What 64 clients ask for. The limit on requests of one client stays as it is in service, so requests take turns among many clients. */
type Load = { url: string; header: string; values: string[]; pid: number };

/** Requests a second, and what one costs the server: microseconds of processor time, which other work on the machine hardly changes. */
type Rate = { perSecond: number; processor: number };

/** Processor time that a process has used, in microseconds. The kernel counts it in ticks of 10 ms. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** Fails when anything but 2xx came back. */
async function measure(load: Load): Promise<Rate> {
  const script = join(folder, "load.lua");
  writeFileSync(
    script,
    `local values = {${load.values.map((value) => JSON.stringify(value)).join(",")}}
local requests = {}
init = function() for i, value in ipairs(values) do requests[i] = wrk.format("GET", nil, {["${load.header}"] = value}) end end
local next = 0
request = function() next = next % #requests + 1; return requests[next] end
`,
  );
  const before = processorTime(load.pid);
  const child = spawn("wrk", ["-t1", `-c${busyClients}`, `-d${roundSeconds}s`, "-s", script, load.url], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  if (/Non-2xx|Socket errors/.test(text)) throw new Error(`wrk ${load.url}:\n${text}`);
  const requests = Number(/(\d+) requests in/.exec(text)?.[1]);
  return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]), processor: (processorTime(load.pid) - before) / requests };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

const medianRate = (rates: Rate[]): Rate => ({ perSecond: median(rates.map((r) => r.perSecond)), processor: median(rates.map((r) => r.processor)) });

type Compared = { ours: Rate; peers: { rate: Rate; ratio: number }[] };

/** Rounds that alternate between ours and the peers; of each peer the median of the rounds' own ratios. */
async function compare(ours: Load, peers: Load[]): Promise<Compared> {
  const own: Rate[] = [];
  const others = peers.map((): Rate[] => []);
  for (let round = 0; round < rounds; ++round) {
    for (const [at, peer] of peers.entries()) others[at]!.push(await measure(peer));
    own.push(await measure(ours));
  }
  const against = (rates: Rate[]) => ({ rate: medianRate(rates), ratio: median(rates.map((rate, round) => own[round]!.perSecond / rate.perSecond)) });
  return { ours: medianRate(own), peers: others.map(against) };
}

const perSecond = (n: number) => `${Math.round(n).toLocaleString("en")} /s`.padStart(11);
const rateOf = (rate: Rate) => `${perSecond(rate.perSecond)} ${rate.processor.toFixed(0).padStart(5)} us each`;
const percent = (ratio: number) => `${(100 * ratio).toFixed(0)} %`;

class BareServer {
  readonly url: string;
  readonly #child: ChildProcess;
  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }
  /**
   * Gives `answer` again and again: its fields, but for those that src/http writes itself, and its body. With `reads`, it reads the
   * statement's rows with raw sqlite3 before.
   */
  static async start(answer: Answer, thread: "io" | "worker", reads?: { database: string; sql: string }): Promise<BareServer> {
    const file = join(folder, "answer");
    const own = ["date", "content-length", "connection", "keep-alive", "x-request-id"];
    const fields = [...answer.headers].filter(([name]) => !own.includes(name));
    writeFileSync(file, fields.map(([name, value]) => `${name}: ${value}\n`).join("") + "\n" + answer.text);
    const child = spawn(join(process.env["PRIVITY_BENCH_BUILD"]!, "bare_server"), [file, thread, ...(reads ? [reads.database, reads.sql] : [])], { stdio: ["pipe", "pipe", "inherit"] });
    const address = await new Promise<string>((resolve) => createInterface({ input: child.stdout! }).once("line", resolve));
    return new BareServer(`http://${address}/`, child);
  }
  get pid(): number {
    return this.#child.pid!;
  }
  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdin!.end();
    await gone;
  }
}

async function jsonRoutes(privity: Privity, client: Client, tokens: string[], database: string): Promise<void> {
  const task = await client.post<{ id: string }>("/v1/tasks", { content: { title: "A task", description: "", evidence_needed: false } });
  const anybody = { header: "x-forwarded-for", values: people };
  const signedIn = { header: "authorization", values: tokens.map((token) => `Bearer ${token}`) };
  for (const [what, path, who, sql] of [
    ["GET /healthz, anybody", "/healthz", anybody, undefined],
    ["GET /v1/permissions, token", "/v1/permissions", signedIn, undefined],
    ["GET /v1/tasks/{id}, token", `/v1/tasks/${task.body.id}`, signedIn, `SELECT * FROM task WHERE id = '${task.body.id}'`],
    ["GET /v1/tasks, token, a page", "/v1/tasks?limit=50", signedIn, "SELECT * FROM task ORDER BY due, id LIMIT 51"],
  ] as const) {
    const answer = await client.get(path);
    const servers = [
      { name: "bare", server: await BareServer.start(answer, "io") },
      { name: "bare on workers", server: await BareServer.start(answer, "worker") },
    ];
    if (sql) servers.push({ name: "bare, its read", server: await BareServer.start(answer, "io", { database, sql }) });
    const peers = servers.map(({ server: { url, pid } }) => ({ url, ...who, pid }));
    const compared = await compare({ url: client.base + path, ...who, pid: privity.process.pid! }, peers);
    console.log(`${what} (${Buffer.byteLength(answer.text)} bytes)`);
    console.log(`  privity          ${rateOf(compared.ours)}`);
    for (const [at, { name }] of servers.entries()) {
      const { rate, ratio } = compared.peers[at]!;
      console.log(`  ${name.padEnd(16)} ${rateOf(rate)}   privity at ${percent(ratio)} of its rate, ${(compared.ours.processor / rate.processor).toFixed(1)} times its processor time`);
    }
    for (const { server } of servers) await server.stop();
  }
}

/** Milliseconds from before the process is made to its end. */
function lifetime(program: string, args: string[]): number {
  const began = performance.now();
  const done = spawnSync(program, args, { stdio: "ignore" });
  if (done.status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${done.status}`);
  return performance.now() - began;
}

async function startToReady(home: string): Promise<void> {
  const ready: number[] = [];
  const processor: number[] = [];
  const version: number[] = [];
  const openDatabase: number[] = [];
  for (let n = 0; n < starts; ++n) {
    version.push(lifetime(binary, ["version"]));
    openDatabase.push(lifetime("sqlite3", [join(home, "data/privity.db"), "SELECT count(*) FROM ledger_entry"]));
    const began = performance.now();
    const privity = await Privity.start({ folder: home });
    ready.push(performance.now() - began);
    processor.push(processorTime(privity.process.pid!) / 1000);
    await privity.stop();
  }
  const [ours, floor, database] = [median(ready), median(version), median(openDatabase)];
  console.log(
    `start to ready ${ours.toFixed(0)} ms, of which ${median(processor).toFixed(0)} ms of processor time (wanted: below 300)   privity version ${floor.toFixed(0)} ms, sqlite3 opening the same file ${database.toFixed(0)} ms: ${(ours / (floor + database)).toFixed(1)} times both`,
  );
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

async function memoryAtRest(home: string): Promise<void> {
  const privity = await Privity.start({ folder: home });
  const bare = await BareServer.start(await new Client(privity.consoleUrl).get("/readyz"), "io");
  const [ours, peer] = [residentMegabytes(privity.process.pid!), residentMegabytes(bare.pid)];
  console.log(`resident at rest ${ours.toFixed(0)} MB (wanted: below 100)   bare server ${peer.toFixed(0)} MB`);
  await privity.stop();
  await bare.stop();
}

function openIdle(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Sends a request on a connection that has been idle, for one of many people; answers whether it was served. */
function isServed(socket: Socket, n: number): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once("data", (chunk: Buffer) => resolve(chunk.toString().startsWith("HTTP/1.1 2")));
    socket.once("close", () => resolve(false));
    socket.write(`GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: ${people[n % people.length]}\r\n\r\n`);
  });
}

async function idleBesideBusy(privity: Privity, tokens: string[]): Promise<void> {
  const load: Load = {
    url: `${privity.consoleUrl}/v1/tasks?limit=1`,
    header: "authorization",
    values: tokens.map((token) => `Bearer ${token}`),
    pid: privity.process.pid!,
  };
  const port = Number(new URL(privity.consoleUrl).port);
  const alone: number[] = [];
  const beside: number[] = [];
  let served = 0;
  let memory = 0;
  for (let round = 0; round < 3; ++round) {
    alone.push((await measure(load)).perSecond);
    const before = residentMegabytes(privity.process.pid!);
    const idle: Socket[] = [];
    while (idle.length < idleConnections) idle.push(...(await Promise.all(Array.from({ length: 100 }, () => openIdle(port)))));
    beside.push((await measure(load)).perSecond);
    memory = Math.max(memory, residentMegabytes(privity.process.pid!) - before);
    served = (await Promise.all(idle.map(isServed))).filter(Boolean).length;
    for (const socket of idle) socket.destroy();
  }
  console.log(
    `64 busy clients ${perSecond(median(alone))}   beside ${idleConnections} idle ones ${perSecond(median(beside))}   ${percent(median(beside) / median(alone))}; of the idle ${served} were served afterwards; they took ${memory.toFixed(0)} MB`,
  );
}

try {
  const home = join(folder, "home");
  const environment = { PRIVITY_LIMITS_CONNECTIONS_PER_ADDRESS: String(2 * idleConnections), PRIVITY_TRUSTED_PROXIES: "127.0.0.1", PRIVITY_LOG_FILE: join(folder, "log") };
  const privity = await Privity.start({ folder: home, environment });
  const owner = await privity.setUp();
  const clients: Client[] = [];
  while (clients.length < tokenCount) clients.push(await privity.withToken(owner, ["tasks.use", "tasks.manage", "ledger.read"]));
  const tokens = clients.map((client) => client.token!);
  await jsonRoutes(privity, clients[0]!, tokens, join(home, "data/privity.db"));
  await idleBesideBusy(privity, tokens);
  await privity.stop();
  await startToReady(home);
  await memoryAtRest(home);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
