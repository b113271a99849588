#!/usr/bin/env python3
"""Reads a Tidemark library out of a folder and prints it as JSON: one object a row, sorted by table and id.

Written from docs/file-format.md alone. It needs Python 3.14; or Python 3.8 with the module zstandard or the program zstd. It shows every row that is not deleted, also those
that Tidemark hides because a parent is missing or a unique key is taken.

Attached files come after the rows: the hash under which a row refers to one, its length, and whether it is what the hash says.

    read_library.py FOLDER

It ends with an error where files cannot be used, after it has printed the rest, and where the library is encrypted.
"""

import collections
import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys

SEGMENT = re.compile(r"([0-3][0-9a-f]{15})/([0-9]{12})-([0-9]{12})-([0-9a-f]{32})-([0-9a-f]{32})(?:-([1-9][0-9]*))?\.seg")
LIBRARY = re.compile(r"([0-9a-f]{32})-([0-9]{8})\.json")
DEVICE = re.compile(r"([0-9]{12})-([0-9a-f]{32})\.json")
RETIRED = re.compile(r"([0-3][0-9a-f]{15})/([0-9]{12})-([0-9a-f]{32})\.json")
BLOB = re.compile(r"[0-9a-f]{64}")
SNAPSHOT = re.compile(r"([0-9a-f]{16})-([0-3][0-9a-f]{15})-([0-9a-f]{32})\.json")
MAGIC = b"\x89TIDE\r\n\x1a"


class Damaged(Exception):
    """A file is not what its name says."""


UNUSABLE = []


def leave_out(name, trouble):
    print(f"{name} cannot be used: {trouble}", file=sys.stderr)
    UNUSABLE.append(name)


def decompressor():
    """A function that decompresses a zstd frame, by what this computer has."""
    try:
        from compression import zstd  # since Python 3.14

        return zstd.decompress, zstd.ZstdError
    except ImportError:
        pass
    try:
        import zstandard

        return zstandard.ZstdDecompressor().decompress, zstandard.ZstdError
    except ImportError:
        pass
    program = shutil.which("zstd")
    if program is None:
        sys.exit("Tidemark's files are compressed with zstd. Use Python 3.14, or install the Python module zstandard or the program zstd.")
    return lambda frame: subprocess.run([program, "-dcq"], input=frame, stdout=subprocess.PIPE, check=True).stdout, subprocess.CalledProcessError


DECOMPRESS, NOT_DECOMPRESSED = decompressor()


def decompress(frame, length):
    """The content of a frame, which declares its length, so that no more is decompressed."""
    if len(frame) < 9 or frame[:4] != b"\x28\xb5\x2f\xfd" or frame[4] & 0x1F != 4:
        raise Damaged("its body is no zstd frame")
    flag, single = frame[4] >> 6, frame[4] >> 5 & 1
    start = 5 if single else 6
    declared = int.from_bytes(frame[start : start + (1 << flag)], "little") + (256 if flag == 1 else 0)
    if (flag == 0 and not single) or declared != length:
        raise Damaged("its content has another length than it says")
    try:
        content = DECOMPRESS(frame)
    except NOT_DECOMPRESSED as trouble:
        raise Damaged(f"its body cannot be decompressed: {trouble}") from trouble
    if len(content) != length:
        raise Damaged("its content has another length than it says")
    return content


class MessagePack:
    """Reads MessagePack objects one after the other."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, count):
        if count < 0 or self.at + count > len(self.data):
            raise Damaged("it ends in the middle")
        piece = self.data[self.at : self.at + count]
        self.at += count
        return piece

    def number(self, form):
        return struct.unpack(">" + form, self.take(struct.calcsize(form)))[0]

    def next(self):
        code = self.take(1)[0]
        if code < 0x80:
            return code
        if code >= 0xE0:
            return code - 0x100
        if code < 0x90:
            return self.map(code & 0x0F)
        if code < 0xA0:
            return [self.next() for _ in range(code & 0x0F)]
        if code < 0xC0:
            return self.take(code & 0x1F).decode()
        numbers = {0xCA: "f", 0xCB: "d", 0xCC: "B", 0xCD: "H", 0xCE: "I", 0xCF: "Q", 0xD0: "b", 0xD1: "h", 0xD2: "i", 0xD3: "q"}
        if code in numbers:
            return self.number(numbers[code])
        lengths = {0xC4: "B", 0xC5: "H", 0xC6: "I", 0xD9: "B", 0xDA: "H", 0xDB: "I", 0xDC: "H", 0xDD: "I", 0xDE: "H", 0xDF: "I"}
        if code == 0xC0:
            return None
        if code not in lengths:
            raise Damaged("it holds something that is no value")
        length = self.number(lengths[code])
        if code <= 0xC6:
            return bytes(self.take(length))
        if code <= 0xDB:
            return self.take(length).decode()
        if code <= 0xDD:
            return [self.next() for _ in range(length)]
        return self.map(length)

    def stream(self):
        """The bytes of the next object, which is a bin."""
        stream = self.next()
        if not isinstance(stream, bytes):
            raise Damaged("it lacks a stream")
        return stream

    def map(self, length):
        return {self.next(): self.next() for _ in range(length)}

    def require_end(self):
        if self.at != len(self.data):
            raise Damaged("it goes on after its end")


def numbers(stream, count):
    """The numbers at the beginning of a stream, and the rest of it."""
    if count == 0:
        return [], stream
    mode = stream[0]
    width, differences = mode & 0x0F, mode & 0x10
    start = 9 if differences else 1
    end = start + count * width
    if mode & 0xE0 or not 1 <= width <= 8 or end > len(stream):
        raise Damaged("a stream of numbers is malformed or too short")
    previous = int.from_bytes(stream[1:9], "big", signed=True) if differences else 0
    planes = [stream[start + plane * count : start + (plane + 1) * count] for plane in range(width)]
    found = []
    for each in zip(*planes):
        zigzag = int.from_bytes(bytes(each), "big")
        number = zigzag >> 1 ^ -(zigzag & 1)
        if differences:
            number = previous = (previous + number + (1 << 63)) % (1 << 64) - (1 << 63)
        found.append(number)
    return found, stream[end:]


def whole(stream, count):
    """The numbers of a stream that holds nothing else."""
    found, rest = numbers(stream, count)
    if rest:
        raise Damaged("a stream goes on after its last entry")
    return found


def values(stream, texts, count):
    """The values of a column."""
    kinds, rest = stream[:count], stream[count:]
    if len(kinds) != count or max(kinds, default=0) > 4:
        raise Damaged("a column ends early, or holds something that is no value")
    integers, rest = numbers(rest, kinds.count(1))
    floats, rest = numbers(rest, kinds.count(2))
    lengths = whole(rest, kinds.count(3) + kinds.count(4))
    if min(lengths, default=0) < 0 or sum(lengths) != len(texts):
        raise Damaged("texts have another length than they say")
    integers, floats, lengths, at, found = iter(integers), iter(floats), iter(lengths), 0, []
    for kind in kinds:
        if kind == 0:
            found.append(None)
        elif kind == 1:
            found.append(next(integers))
        elif kind == 2:
            found.append(struct.unpack(">d", struct.pack(">q", next(floats)))[0])
        else:
            start, at = at, at + next(lengths)
            found.append(texts[start:at].decode() if kind == 3 else texts[start:at])
    return iter(found)


def read_streams(reader, tables, own):
    """The streams of numbers and of MessagePack that a body begins with, the ids of its rows, and two streams for each column."""
    first = [reader.stream() for _ in range(own)]
    times, counters = reader.stream(), reader.stream()
    columns = [[reader.stream() for _ in names] for _, names in tables]
    texts = [[reader.stream() for _ in names] for _, names in tables]
    tails = reader.stream()
    reader.require_end()
    if len(tails) % 8:
        raise Damaged("the last row's id ends early")
    rows = len(tails) // 8
    heads = zip(whole(times, rows), whole(counters, rows))
    ids = [
        time.to_bytes(6, "big") + counter.to_bytes(2, "big") + tails[8 * row : 8 * row + 8]
        for row, (time, counter) in enumerate(heads)
    ]
    return first, ids, columns, texts


def open_columns(tables, columns, texts, written):
    """Iterators over the values of each column, which were written so many times by table and column."""
    return [
        [values(columns[table][column], texts[table][column], written.get((table, column), 0)) for column in range(len(names))]
        for table, (_, names) in enumerate(tables)
    ]


def read_frame(data, wanted_kind):
    """The header, the decompressed body and the hash of a file."""
    if len(data) < 56 or data[:8] != MAGIC:
        raise Damaged("it is not a file of a library")
    version, kind, length, header_length = struct.unpack(">HHQI", data[8:24])
    if length != len(data) or hashlib.sha256(data[:-32]).digest() != data[-32:]:
        raise Damaged("it is not whole")
    if version != 1:
        raise Damaged("a newer version of Tidemark wrote it")
    if kind != wanted_kind:
        raise Damaged("it is a file of another kind")
    reader = MessagePack(data[24 : 24 + header_length])
    header = reader.next()
    reader.require_end()
    body = decompress(data[24 + header_length : -32], header["length"])
    return header, body, data[-32:-16].hex()


def read_segment(name, data, libraries):
    """All changes of a segment, each as a dictionary."""
    replica, first, last, chain, file_hash, erased = SEGMENT.fullmatch(name).groups()
    header, body, found_hash = read_frame(data, 1)
    said = (header["replica"].hex(), header["first"], header["last"], header["after"].hex(), header["erased"], found_hash)
    if said != (replica, int(first), int(last), chain, int(erased or 0), file_hash):
        raise Damaged("it has been renamed")
    if header["library"].hex() not in libraries:
        raise Damaged("it belongs to another library")
    return list(read_body(body, replica, int(first), int(last)))


def read_part(data, manifest, number, file_hash):
    """All rows of a part of a snapshot, each as a dictionary."""
    header, body, found_hash = read_frame(data, 2)
    said = (header["library"].hex(), header["replica"].hex(), header["clock"], header["number"], found_hash)
    if said != (manifest["library"], manifest["replica"], manifest["clock"], number, file_hash):
        raise Damaged("it has been renamed")
    reader = MessagePack(body)
    replicas = ["%016x" % replica for replica in reader.next()]
    tables = reader.next()
    shapes = reader.next()
    (shape_stream, writers, _, times, _, siblings), ids, columns, texts = read_streams(reader, tables, 6)
    used = [shapes[shape] for shape in whole(shape_stream, len(ids))]
    written = collections.Counter((table, column) for table, writes in used for _, held in writes for column in held)
    columns = open_columns(tables, columns, texts, written)
    count = sum(len(writes) for _, writes in used)
    stamps = zip(whole(times, count), whole(writers, count))
    siblings = MessagePack(siblings)
    for row_id, (table, writes) in zip(ids, used):
        row = {"table": tables[table][0], "row": row_id, "writes": []}
        for flags, held in writes:
            time, writer = next(stamps)
            found = {tables[table][1][column]: next(columns[table][column]) for column in held}
            row["writes"].append({"flags": flags, "stamp": (time, replicas[writer]), "values": found})
        siblings.next()  # open writes that lost: they are in conflict with what the row holds
        yield row
    siblings.require_end()


def read_body(body, replica, first, last):
    reader = MessagePack(body)
    reader.next()  # the replicas, which only contexts refer to
    tables = reader.next()
    shapes = reader.next()
    (shape_stream, time_stream, _, _), ids, columns, texts = read_streams(reader, tables, 4)
    if len(ids) != last - first + 1:
        raise Damaged("it does not hold as many changes as its name says")
    used = [shapes[shape] for shape in whole(shape_stream, len(ids))]
    written = collections.Counter((table, column) for _, table, held in used for column in held)
    columns = open_columns(tables, columns, texts, written)
    times = whole(time_stream, len(ids))
    for sequence, time, row, (kind, table, held) in zip(range(first, last + 1), times, ids, used):
        found = {tables[table][1][column]: next(columns[table][column]) for column in held}
        yield {
            "dot": (replica, sequence),
            "stamp": (time, replica),
            "kind": kind,
            "table": tables[table][0],
            "row": row,
            "values": found,
        }


def libraries_of(root):
    """The library's id and those that are aliases of it."""
    names = [LIBRARY.fullmatch(name) for name in os.listdir(os.path.join(root, "library"))]
    libraries = {match.group(1) for match in names if match}
    for folder, _, files in os.walk(os.path.join(root, "devices")):
        for name in files:
            match = DEVICE.fullmatch(name)
            if match:
                with open(os.path.join(folder, name), "rb") as file:
                    data = file.read()
                if hashlib.sha256(data).hexdigest()[:32] == match.group(2):
                    record = json.loads(data)
                    if record["library"] in libraries:
                        libraries.update(record["aliases"])
    return libraries


def snapshot_of(root, libraries):
    """The vector and the rows of the snapshot that covers most, can be read and counts; nothing if there is none."""
    manifests = []
    ends = ends_of(root, libraries)
    folder = os.path.join(root, "snapshots")
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        match = SNAPSHOT.fullmatch(name)
        if match:
            with open(os.path.join(folder, name), "rb") as file:
                data = file.read()
            if hashlib.sha256(data).hexdigest()[:32] == match.group(3):
                manifest = json.loads(data)
                counts = all(last <= ends.get(replica, last) for replica, last in manifest["vector"].items())
                if manifest["library"] in libraries and counts:
                    manifests.append((sum(manifest["vector"].values()), name, manifest))
    for _, name, manifest in sorted(manifests, key=lambda each: each[:2], reverse=True):
        rows = []
        try:
            for number, file_hash in enumerate(manifest["parts"]):
                part = "%016x-%s/%06d-%s.rows" % (manifest["clock"], manifest["replica"], number, file_hash)
                with open(os.path.join(root, "base", part), "rb") as file:
                    rows += read_part(file.read(), manifest, number, file_hash)
            return manifest["vector"], rows
        except (OSError, Damaged, UnicodeDecodeError, IndexError, KeyError, OverflowError) as trouble:
            leave_out(f"snapshots/{name}", trouble)
    return {}, []


def ends_of(root, libraries):
    """The last change that counts of each replica that is retired: of several, the greatest."""
    ends = {}
    for folder, _, files in os.walk(os.path.join(root, "retired")):
        for file_name in sorted(files):
            name = os.path.basename(folder) + "/" + file_name
            match = RETIRED.fullmatch(name)
            if match:
                with open(os.path.join(folder, file_name), "rb") as file:
                    data = file.read()
                if hashlib.sha256(data).hexdigest()[:32] != match.group(3):
                    leave_out(name, "it is not whole")
                    continue
                said = json.loads(data)
                if said["library"] in libraries and (said["replica"], said["last"]) == (match.group(1), int(match.group(2))):
                    ends[said["replica"]] = max(said["last"], ends.get(said["replica"], 0))
    return ends


def changes_of(root, libraries, vector):
    """Every change that the folder holds, that does not lie within the vector and that counts, once."""
    changes = {}
    ends = ends_of(root, libraries)
    for folder, _, files in os.walk(os.path.join(root, "log")):
        for file_name in sorted(files):
            name = os.path.basename(folder) + "/" + file_name
            if SEGMENT.fullmatch(name):
                with open(os.path.join(folder, file_name), "rb") as file:
                    data = file.read()
                try:
                    for change in read_segment(name, data, libraries):
                        replica, sequence = change["dot"]
                        if vector.get(replica, 0) < sequence <= ends.get(replica, sequence):
                            changes[change["dot"]] = change
                except (Damaged, UnicodeDecodeError, IndexError, KeyError, OverflowError) as trouble:
                    leave_out(name, trouble)
    return changes.values()


def rows_of(snapshot, changes):
    """For every cell the write with the greatest stamp; rows without a live cell are left out."""
    cells = {}
    exists = {}
    deleted = {}

    def write(key, stamp, values):
        row = cells.setdefault(key, {})
        for column, value in values.items():
            if column not in row or row[column][0] < stamp:
                row[column] = (stamp, value)

    def note(stamps, key, stamp):
        stamps[key] = max(stamp, stamps.get(key, (-1, "")))

    for row in snapshot:
        key = (row["table"], row["row"])
        for held in row["writes"]:
            if held["flags"] & 1:
                note(deleted, key, held["stamp"])
            if held["flags"] & 4:
                note(exists, key, held["stamp"])
            write(key, held["stamp"], held["values"])
    for change in changes:
        if change["kind"] in (3, 4):
            continue  # news that a device has a newer schema, or a change of a deleted row whose values were erased
        key = (change["table"], change["row"])
        if change["kind"] == 2:
            note(deleted, key, change["stamp"])
            continue
        if change["kind"] == 0:
            note(exists, key, change["stamp"])
        write(key, change["stamp"], change["values"])
    for key in sorted(exists):
        newest = max([exists[key]] + [stamp for stamp, _ in cells.get(key, {}).values()])
        if newest > deleted.get(key, (-1, "")):
            values = {column: value for column, (_, value) in sorted(cells.get(key, {}).items())}
            yield {"table": key[0], "id": key[1].hex(), "values": values}


def blobs_of(root):
    """Every attached file that is there, and whether its content is the one that its name stands for."""
    folder = os.path.join(root, "blobs")
    for name in sorted(os.listdir(folder) if os.path.isdir(folder) else []):
        if BLOB.fullmatch(name):
            digest = hashlib.sha256()
            size = 0
            with open(os.path.join(folder, name), "rb") as file:
                for piece in iter(lambda: file.read(1 << 16), b""):
                    digest.update(piece)
                    size += len(piece)
            yield {"blob": name, "size": size, "sound": digest.hexdigest() == name}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = os.path.join(sys.argv[1], "v1")
    if not os.path.isdir(os.path.join(root, "library")):
        sys.exit(f"There is no Tidemark library in {sys.argv[1]}.")
    if any(name.endswith(".age") for _, _, files in os.walk(root) for name in files):
        sys.exit(f"The library in {sys.argv[1]} is encrypted. Decrypt it with open_encrypted.py, and read what that writes.")
    libraries = libraries_of(root)
    vector, snapshot = snapshot_of(root, libraries)
    for row in rows_of(snapshot, changes_of(root, libraries, vector)):
        print(json.dumps(row, default=lambda blob: {"hex": blob.hex()}, ensure_ascii=False))
    for blob in blobs_of(root):
        print(json.dumps(blob))
    if UNUSABLE:
        sys.exit(f"{len(UNUSABLE)} files cannot be used, so rows and changes may be missing.")


if __name__ == "__main__":
    main()
