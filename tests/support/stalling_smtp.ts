// A mail server that keeps its clients waiting until it is told to answer: work that lasts as long as a test wants.

import { createServer, type Server, type Socket } from "node:net";

export class StallingSmtp {
  readonly #server: Server;
  readonly #waiting = new Set<Socket>();
  #answers = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<StallingSmtp> {
    const server = createServer().unref();  // keeps no test alive that failed
    const smtp = new StallingSmtp(server);
    server.on("connection", (socket) => smtp.#meet(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return smtp;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  /** From now on everybody is served, those who wait already, too. */
  answer(): void {
    this.#answers = true;
    for (const socket of this.#waiting) serve(socket);
    this.#waiting.clear();
  }

  async stop(): Promise<void> {
    this.answer();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #meet(socket: Socket): void {
    socket.on("error", () => socket.destroy());
    if (this.#answers) return serve(socket);
    this.#waiting.add(socket);
    socket.once("close", () => this.#waiting.delete(socket));
  }
}

// RFC 5321, as far as one letter needs it.
function serve(socket: Socket): void {
  let inData = false;
  let text = "";
  const say = (line: string) => socket.write(`${line}\r\n`);
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n")) {
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      if (inData && line !== ".") continue;
      if (inData) inData = false;
      else if (line === "DATA") {
        inData = true;
        say("354 go on");
        continue;
      }
      say(line === "QUIT" ? "221 bye" : "250 ok");
      if (line === "QUIT") socket.end();
    }
  });
  say("220 mail.example.org");
}
