"""An authorised agent as a stranger would write it: PyNaCl signs, and nothing of Privity is used.

  agent.py key                      a new key: {"secret": …, "verify_key": …}, both base64
  agent.py sign SECRET < claims     the message: base64 of libsodium's combined form
  agent.py flip POSITION < message  the same with one bit of that byte flipped
"""
import base64
import json
import sys

from nacl.signing import SigningKey


def main() -> None:
    act = sys.argv[1]
    if act == "key":
        key = SigningKey.generate()
        print(json.dumps({"secret": text(bytes(key)), "verify_key": text(bytes(key.verify_key))}))
    elif act == "sign":
        key = SigningKey(base64.b64decode(sys.argv[2]))
        sys.stdout.write(text(bytes(key.sign(sys.stdin.buffer.read()))))
    elif act == "flip":
        message = bytearray(base64.b64decode(sys.stdin.buffer.read()))
        message[int(sys.argv[2])] ^= 1
        sys.stdout.write(text(bytes(message)))


def text(value: bytes) -> str:
    return base64.b64encode(value).decode()


main()
