// The server's events (GET /v1/events) as a browser hears them, one after another.
//
//   const stream = await EventStream.open(client);
//   const event = await stream.until((one) => one.name === "jobs.progress");
//   stream.close();
//   const later = await EventStream.open(client, event.id);      // what came meanwhile comes first

import type { Client } from "./privity.ts";

export type ServerEvent = { id: string; name: string; data: Record<string, unknown> };

export class EventStream {
  readonly #ending: AbortController;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = "";
  /** Everything heard so far. */
  readonly heard: ServerEvent[] = [];

  private constructor(body: ReadableStream<Uint8Array>, ending: AbortController) {
    this.#ending = ending;
    this.#reader = body.getReader();
  }

  static async open(client: Client, lastEventId?: string): Promise<EventStream> {
    const ending = new AbortController();
    const answer = await fetch(`${client.base}/v1/events`, {
      headers: { authorization: `Bearer ${client.token}`, ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }) },
      signal: ending.signal,
    });
    if (answer.status !== 200) throw new Error(`the stream answered ${answer.status}: ${await answer.text()}`);
    return new EventStream(answer.body!, ending);
  }

  /** The next event that fits; the test's own time limit ends a wait in vain. */
  async until(fits: (event: ServerEvent) => boolean): Promise<ServerEvent> {
    for (;;) {
      const event = await this.#next();
      this.heard.push(event);
      if (fits(event)) return event;
    }
  }

  close(): void {
    this.#ending.abort();
  }

  async #next(): Promise<ServerEvent> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        if (!block.startsWith(":")) return parse(block);
        continue;
      }
      const { done, value } = await this.#reader.read();
      if (done) throw new Error("the stream ended");
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }
}

function parse(block: string): ServerEvent {
  const fields = Object.fromEntries(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(": ") + 2)]));
  return { id: fields["id"] ?? "", name: fields["event"] ?? "", data: JSON.parse(fields["data"] ?? "{}") as Record<string, unknown> };
}
