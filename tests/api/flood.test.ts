// Slow and idle connections in numbers do not stop others: while the flood is on everybody else is answered, and the limits close it.

import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { Privity } from "../support/privity.ts";

const kinds = {
  idle: "",
  "slow header": "GET / HTTP/1.1\r\nHost: ",
  "slow body": "POST /v1/setup HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
};
const perKind = 150; // together under the limit of connections for one address
const beside = 200;

class FloodConnection {
  readonly closed: Promise<void>;
  answer = "";
  isOpen = true;
  readonly #socket: Socket;
  readonly #drip: NodeJS.Timeout | undefined;

  private constructor(socket: Socket, first: string) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => (this.answer += chunk.toString()));
    socket.on("error", () => {});
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
    void this.closed.then(() => {
      this.isOpen = false;
      clearInterval(this.#drip);
    });
    // A byte now and then: never silent, never whole.
    if (first !== "") this.#drip = setInterval(() => socket.write("x"), 500);
  }

  static open(port: number, first: string): Promise<FloodConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write(first);
        socket.off("error", reject);
        resolve(new FloodConnection(socket, first));
      });
      socket.once("error", reject);
    });
  }

  end(): void {
    clearInterval(this.#drip);
    this.#socket.destroy();
  }
}

test("a flood of idle and slow connections does not stop others, and the limits end it", async () => {
  const privity = await Privity.start();
  const admin = await privity.setUp();
  const port = Number(new URL(privity.consoleUrl).port);
  const flood = new Map<string, FloodConnection[]>();
  for (const [kind, first] of Object.entries(kinds)) {
    flood.set(kind, await Promise.all(Array.from({ length: perKind }, () => FloodConnection.open(port, first))));
  }

  for (let n = 0; n < beside; ++n) {
    const answer = await admin.get("/v1/settings/organization");
    assert.equal(answer.status, 200, answer.text);
  }
  const open = [...flood.values()].flat().filter((connection) => connection.isOpen).length;
  assert.ok(open > perKind, `only ${open} connections of the flood were still open when the others had been answered`);

  // From its first byte a header has 15 seconds, and so has a body that hardly moves, however busily they drip.
  for (const kind of ["slow header", "slow body"]) {
    for (const connection of flood.get(kind)!) {
      await connection.closed;
      assert.match(connection.answer, /^HTTP\/1\.1 408 /, kind);
    }
  }
  assert.equal((await admin.get("/v1/settings/organization")).status, 200);
  for (const connection of flood.get("idle")!) connection.end();
  assert.equal(await privity.stop(), 0);
});
