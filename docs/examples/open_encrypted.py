#!/usr/bin/env python3
"""Decrypts an encrypted Tidemark library in a folder into another folder, which read_library.py then reads.

Written from docs/file-format.md alone; needs Python 3.8 and the age command. First open one of the sealed keys, which asks
for the passphrase (or open a .recovery.age with the recovery code):

    age -d -o identities.txt FOLDER/v1/keys/….passphrase.age
    open_encrypted.py FOLDER identities.txt TARGET

A library may have several identities, in a key file each: append all of them to identities.txt. Where one is missing that
files need, nothing is written, and its key files are named.
"""

import hashlib
import hmac
import os
import re
import subprocess
import sys

SEALED = re.compile(r"(.+)\.([0-9a-f]{8})\.age")
HASH = re.compile(r"(?<![a-z0-9])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![a-z0-9])(?=[^/]*$)")
KEYS = "v1/keys/"
CHECKSUM = ',"checksum":"%s"}\n'
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def secret(identity):
    """The 32 bytes of an AGE-SECRET-KEY-1… (its six characters of checksum are left to age)."""
    number = 0
    characters = identity.lower().split("1", 1)[1][:-6]
    for character in characters:
        number = number * 32 + BECH32.index(character)
    return (number >> (len(characters) * 5 - 256)).to_bytes(32, "big")


def derive(key, purpose, length):
    """HKDF with SHA-256, without salt (RFC 5869), for up to 32 bytes."""
    extracted = hmac.new(bytes(32), key, hashlib.sha256).digest()
    return hmac.new(extracted, purpose.encode() + b"\x01", hashlib.sha256).digest()[:length]


def open_file(path, name, identities, key):
    plain = subprocess.run(["age", "-d", "-i", identities, path], check=True, stdout=subprocess.PIPE).stdout
    line, content = plain.split(b"\n", 1)
    said, authenticator = line.rsplit(b" ", 1)
    keyword, version, library, epoch, logical = said.decode("ascii").split(" ")
    if keyword != "TIDEMARK" or version != "1" or HASH.sub("#", logical) != HASH.sub("#", name):
        raise SystemExit(path + " is not the file that its name says")
    expected = hmac.new(derive(key, "tidemark/v1/authenticator", 32), said + b"\n" + content, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), authenticator):
        raise SystemExit(path + " was not written by a device of this library")
    return logical, content


def plain_library(content):
    """The library file as it is without encryption, with a checksum that fits."""
    fields = content.replace(b'"encryption":"age"', b'"encryption":"none"')[: -len(CHECKSUM % ("0" * 32))]
    return fields + (CHECKSUM % hashlib.sha256(fields).hexdigest()[:32]).encode("ascii")


def files_of(folder):
    found = (os.path.join(parent, file) for parent, _, files in os.walk(os.path.join(folder, "v1")) for file in files)
    names = sorted(os.path.relpath(path, folder).replace(os.sep, "/") for path in found)
    if not any(name.startswith("v1/library/") for name in names) or not any(name.startswith(KEYS) for name in names):
        raise SystemExit(f"There is no encrypted Tidemark library in {folder}.")
    return names


def require_keys(names, keys):
    """Half a library would look like a whole one."""
    sealed = [match for match in map(SEALED.fullmatch, names) if match]
    missing = {match.group(2) for match in sealed if match.group(2) not in keys}
    if missing:
        files = sum(match.group(2) in missing for match in sealed)
        openers = [name for name in names if name.startswith(KEYS) and name[len(KEYS) :][:8] in missing]
        raise SystemExit(
            f"{files} files (*.{'.age, *.'.join(sorted(missing))}.age) need other identities than those given. Nothing was written."
            f" Open one key file of each, and append what is in it: {', '.join(openers) or 'the storage holds none'}"
        )


def main(folder, identities, target):
    keys = {}
    for line in open(identities, encoding="ascii"):
        if line.startswith("AGE-SECRET-KEY-1"):
            key = secret(line.strip())
            keys[derive(key, "tidemark/v1/id", 16).hex()[:8]] = key
    names = files_of(folder)
    require_keys(names, keys)
    for name in names:
        path = os.path.join(folder, name)
        sealed = SEALED.fullmatch(name)
        if name.startswith("v1/library/"):
            content = plain_library(open(path, "rb").read())
        elif sealed:
            name, content = open_file(path, sealed.group(1), identities, keys[sealed.group(2)])
        else:
            if not name.startswith(KEYS):
                print(path + " is not encrypted, and is left out", file=sys.stderr)
            continue
        os.makedirs(os.path.join(target, os.path.dirname(name)), exist_ok=True)
        with open(os.path.join(target, name), "wb") as out:
            out.write(content)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
