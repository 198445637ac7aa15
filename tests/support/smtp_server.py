#!/usr/bin/python3
"""A real SMTP server (aiosmtpd) on loopback for tests. Prints {"port": N} when it listens, then one JSON line per accepted message:
{"from", "to", "data" (base64), "user", "tls"}. Ends when its standard input closes.

  smtp_server.py [--tls none|starttls|implicit] [--cert FILE --key FILE] [--login USER:PASSWORD]
                 [--replies WHERE=REPLY[|REPLY...]]...

WHERE is mail, rcpt or data: the n-th command there gets the n-th reply, later ones the last. A reply is "ok", "drop" (the connection is cut
at that point) or a line such as "451 4.7.1 Greylisted".
"""

import argparse
import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Script:
    def __init__(self, replies):
        self.left = {where: line.split("|") for where, line in (entry.split("=", 1) for entry in replies)}

    def next(self, where):
        lines = self.left.get(where, ["ok"])
        return lines.pop(0) if len(lines) > 1 else lines[0]


class Handler:
    def __init__(self, script, tls):
        self.script = script
        self.tls = tls

    def answer(self, where, server, good):
        line = self.script.next(where)
        if line == "drop":
            server.transport.abort()
            return "421 gone"
        return good if line == "ok" else line

    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = self.answer("mail", server, "250 OK")
        if reply.startswith("2"):
            envelope.mail_from = address
        return reply

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = self.answer("rcpt", server, "250 2.1.5 OK")
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):
        reply = self.answer("data", server, "250 2.0.0 queued")
        if reply.startswith("2"):
            data = base64.b64encode(envelope.content).decode()
            user = session.auth_data.login.decode() if session.authenticated else None
            print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "data": data, "user": user, "tls": self.tls}), flush=True)
        return reply


class Server(SMTP):
    async def smtp_DATA(self, arg):
        if self.event_handler.script.left.get("data", [""])[0] == "drop":
            await self.push("354 go ahead")
            await self._reader.readline()
            self.event_handler.script.next("data")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", choices=["none", "starttls", "implicit"], default="none")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--login")
    parser.add_argument("--replies", action="append", default=[])
    options = parser.parse_args()

    context = None
    if options.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.cert, options.key)
    keywords = {"enable_SMTPUTF8": True}
    if options.tls == "starttls":
        keywords |= {"tls_context": context, "require_starttls": True}
    if options.login:
        user, password = options.login.split(":", 1)

        def authenticate(server, session, envelope, mechanism, data):
            good = isinstance(data, LoginPassword) and data.login == user.encode() and data.password == password.encode()
            return AuthResult(success=good, handled=False, auth_data=data)

        keywords |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": options.tls == "starttls"}
    script = Script(options.replies)
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(lambda: Server(Handler(script, options.tls != "none"), loop=loop, **keywords), "127.0.0.1", 0,
                                        ssl=context if options.tls == "implicit" else None)
    print(json.dumps({"port": listener.sockets[0].getsockname()[1]}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
