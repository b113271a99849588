#!/usr/bin/env python3
"""Prints a Tidemark library in a folder as JSON: an object for each row, by table and id, then one for each attached file.

    read_library.py FOLDER [IDENTITIES…]    or    read_library.py --recovery FOLDER

Written from docs/file-format.md alone. Needs Python 3.8, and Zstandard: Python 3.14, the module zstandard or the program zstd. For an encrypted library,
the program age asks for the passphrase (--recovery: the recovery code), unless IDENTITIES names files that `age -d` wrote from the key files. Prints each
row that is not deleted, also those that Tidemark hides because a parent is missing or a unique key is taken. Names each missing, damaged or unreadable
file on standard error, prints what the others hold, and exits with code 1. Without a key it prints nothing.
"""
import base64, collections, contextlib, hashlib, hmac, importlib, io, itertools, json, math, os, pathlib, re, struct, subprocess, sys, time

HASH, REPLICA = "([0-9a-f]{32})", "([0-3][0-9a-f]{15})"
NAMES = {
    "library": f"v1/library/{HASH}-([0-9]{{8}})[.]json",
    **{kind: f"v1/{kind}/{REPLICA}/([0-9]{{12}})-{HASH}[.]json" for kind in ("devices", "retired")},
    "keys": f"v1/keys/{HASH}-[0-9a-f]{{16}}-{HASH}[.](?:passphrase|recovery)[.]age",
    "base": f"v1/base/([0-9a-f]{{16}}-{REPLICA})/([0-9]{{6}})-{HASH}[.]rows",
    "snapshots": f"v1/snapshots/([0-9a-f]{{16}}-{REPLICA})-{HASH}[.]json",
    "log": f"v1/log/{REPLICA}/([0-9]{{12}})-([0-9]{{12}})-{HASH}-{HASH}(?:-([1-9][0-9]*))?[.]seg",
    "blobs": "v1/blobs/([0-9a-f]{64})",
}
HASHES = re.compile(r"(?<![a-z0-9])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![a-z0-9])(?=[^/]*$)")
FORMS = dict(zip(range(0xC4, 0xE0), "B H I - - - f d B H I Q b h i q - - - - - B H I H I H I".split()))  # numbers and lengths in MessagePack
BECH32 = str.maketrans("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
DELETE, EXISTENCE = -1, 0  # cells of a row beside its columns
TITLES = {"library": "v1/library/{library}-{epoch:08}.json", "devices": "v1/devices/{replica}/",
          "retired": "v1/retired/{replica}/{last:012}-", "snapshots": "v1/snapshots/{clock:016x}-{replica}-"}  # fmt: skip
File = collections.namedtuple("File", "path name parts content json")
problems, claims, snapshots, listed, changes, rows = [], [], [], *(collections.defaultdict(kind) for kind in (list, dict, dict))
keys, libraries, ends, files, blobs = {}, {}, {}, {}, {}

def problem(path, text):
    print(f"{path}: {text}", file=sys.stderr)
    problems.append(path)
def attempt(path, use, *arguments):
    try:
        use(*arguments)
    except Exception as error:  # whatever it is, this file cannot be used
        problem(path, error if isinstance(error, (ValueError, OSError)) else f"it is malformed: {error!r}")
def require(condition, text):
    if not condition:
        raise ValueError(text)
def sha(data):
    return hashlib.sha256(data).digest()[:16]

def unpack(data):  # all objects of a MessagePack sequence
    stream, found = io.BytesIO(data), []
    def take(form):
        return struct.unpack(">" + form, stream.read(struct.calcsize(">" + form)))[0]
    def read():
        code = take("B")
        if code < 0x80 or code >= 0xE0 or code == 0xC0:
            return None if code == 0xC0 else code if code < 0x80 else code - 0x100
        if 0xCA <= code <= 0xD3:
            return take(FORMS[code])
        length = take(FORMS[code]) if code > 0xC0 else code & (0x1F if code >= 0xA0 else 0x0F)
        if code < 0x90 or code >= 0xDE:
            return {read(): read() for _ in range(length)}
        if code < 0xA0 or code >= 0xDC:
            return [read() for _ in range(length)]
        return take(f"{length}s") if 0xC4 <= code <= 0xC6 else take(f"{length}s").decode()
    while stream.tell() < len(data):
        found.append(read())
    return found

def pack(value):  # the MessagePack bytes of a value in the shortest form, for chain hashes
    def coded(number, first, forms):
        for code, form in enumerate(forms, first):
            with contextlib.suppress(struct.error):  # the number does not fit
                return struct.pack(">B" + form, code, number)
    if value is None or isinstance(value, float):
        return b"\xc0" if value is None else struct.pack(">Bd", 0xCB, value)
    if isinstance(value, int):
        return struct.pack("b", value) if -32 <= value < 128 else coded(value, 0xCC, "BHIQbhiq")
    if isinstance(value, list):
        return (bytes([0x90 + len(value)]) if len(value) < 16 else coded(len(value), 0xDC, "HI")) + b"".join(map(pack, value))
    data, first, short = (value, 0xC4, 0) if isinstance(value, bytes) else (value.encode(), 0xD9, 32)
    return (bytes([0xA0 + len(data)]) if len(data) < short else coded(len(data), first, "BHI")) + data

def inflate(data):
    for module in "compression.zstd", "zstandard":
        with contextlib.suppress(ImportError):
            return importlib.import_module(module).decompress(data)
    return subprocess.run(["zstd", "-dcq"], input=data, stdout=subprocess.PIPE, check=True).stdout

def numbers(stream, count, whole=True):  # the next numbers of a stream
    stream = io.BytesIO(stream) if whole else stream
    mode, found = stream.read(1)[0] if count else 1, []
    number = int.from_bytes(stream.read(8), "big", signed=True) if mode & 16 else 0
    planes = [stream.read(count) for _ in range(mode & 15)]
    require(mode < 32 and 1 <= len(planes) <= 8 and len(planes[-1]) == count and not (whole and stream.read(1)), "a stream is malformed")
    for entry in (int.from_bytes(entry, "big") for entry in zip(*planes)):
        value = entry >> 1 ^ -(entry & 1)
        number = (number + value + (1 << 63)) % (1 << 64) - (1 << 63) if mode & 16 else value
        found.append(number)
    return found

def values(stream, texts, count):  # an iterator over the values of a column
    stream, texts = io.BytesIO(stream), io.BytesIO(texts)
    kinds = stream.read(count)
    integers, reals = iter(numbers(stream, kinds.count(1), False)), iter(numbers(stream, kinds.count(2), False))
    lengths = numbers(stream.read(), kinds.count(3) + kinds.count(4))
    pieces = [texts.read(length) for length in lengths]
    require(len(kinds) == count and lengths == [len(piece) for piece in pieces] and not texts.read(1), "a column is malformed")
    floats = (struct.unpack(">d", struct.pack(">q", real))[0] for real in reals)
    sources = [itertools.repeat(None), integers, floats, *[iter(pieces)] * 2]
    return iter([next(sources[kind]).decode() if kind == 3 else next(sources[kind]) for kind in kinds])

def read_frame(file, kind, own, writes_of, said):  # the header, the replicas, the streams in front, and the writes of each row: kind or flags, table and row id, values
    data = file.content
    version, found_kind, length, header_length = struct.unpack(">HHQI", data[8:24])
    require(data[:8] == b"\x89TIDE\r\n\x1a" and length == len(data) and sha(data[:-32]) == data[-32:-16], "it is damaged or incomplete")
    require(version == 1, "a newer version of Tidemark wrote it")
    [header], compressed = unpack(data[24 : 24 + header_length]), data[24 + header_length : -32]
    require(found_kind == kind and said.items() <= header.items(), "it is not what its name says")
    belongs(header["library"].hex(), header["epoch"])
    body = inflate(compressed) if header["length"] <= 1040 * len(compressed) + 64 else b""
    require(len(body) == header["length"], "its body has another length than its header says")
    lists, streams = (objects := unpack(body))[:3], objects[3:]
    replicas, tables, shapes = (dict(enumerate(items)) for items in lists)  # a dict has no index -1
    places = [(table, column) for table, (_, names) in tables.items() for column in range(len(names))]
    tails, count, texts = streams[-1], len(streams[-1]) // 8, streams[own + 2 + len(places) :]
    require(len(tails) == 8 * count and len(texts) == len(places) + 1, "it has another number of streams than its columns need")
    used = [writes_of(shapes[shape]) for shape in numbers(streams[0], count)]
    written = collections.Counter((table, column) for writes in used for _, table, held in writes for column in held)
    columns = {place: values(streams[own + 2 + at], texts[at], written[place]) for at, place in enumerate(places)}
    read = []
    for at, (head, counter) in enumerate(zip(numbers(streams[own], count), numbers(streams[own + 1], count))):
        row = head.to_bytes(6, "big") + counter.to_bytes(2, "big") + tails[8 * at : 8 * at + 8]
        read.append([(kind, (tables[t][0], row), {tables[t][1][c]: next(columns[t, c]) for c in held}) for kind, t, held in used[at]])
    return header, replicas, streams[1:own], read

def belongs(library, epoch):
    require(library in libraries, "it belongs to another library")
    require(epoch <= libraries[library], f"the library file of epoch {epoch} is missing")
def write_of(key, clock, replica, cells, exists, deleted):  # the cells that a write makes, each with its HLC timestamp
    require(0 <= clock < 1 << 59 and clock >> 12 < (time.time() + 366 * 86400) * 1000, "a clock value is too great")
    marks = {**({EXISTENCE: None} if exists else {}), **({DELETE: None} if deleted else {})}
    return key, {cell: ((clock, replica), value) for cell, value in {**cells, **marks}.items()}

def add_segment(file):
    replica, first, last, after, _, erased = file.parts
    first, last = int(first), int(last)
    said = {"replica": bytes.fromhex(replica), "first": first, "last": last, "after": bytes.fromhex(after), "erased": int(erased or 0)}
    header, replicas, (times, lags, positions, contexts), found = read_frame(file, 1, 5, lambda shape: [shape], said)
    contexts, context, hash, chain = unpack(contexts), [[], []], header["before"], []
    require(len(found) == len(contexts) == last - first + 1, "it has another number of changes than its name says")
    require(first > 1 or hash == sha(b"tidemark/v1/chain " + replica.encode()), "its chain has another beginning")
    for clock, lag, position, seen, [(kind, key, cells)] in zip(*(numbers(stream, len(found)) for stream in (times, lags, positions)), contexts, found):
        require(0 <= position < first + len(chain), "a change has no place in its transaction")
        context = context if seen is None else [sorted((replicas[r], n) for r, n in zip(each[::2], each[1::2])) for each in seen]
        lists = *context, sorted(cells.items(), key=lambda cell: cell[0].encode("utf-16-be"))
        change = [kind, *key, clock, (clock >> 12) - lag, position, *([part for pair in pairs for part in pair] for pairs in lists)]
        hash = sha(hash + (cells["digest"] if kind == 4 else sha(pack(change))))
        chain.append((hash.hex(), write_of(key, clock, int(replica, 16), cells if kind < 2 else {}, kind == 0, kind == 2)))
    require(hash == header["after"], "its changes do not lead to its chain hash")
    claims.extend([(replica, first - 1, header["before"].hex(), file.path), (replica, last, after, file.path)])
    for number, (hash, write) in enumerate(chain, first):
        changes[replica, number][hash] = write

def add_snapshot(file):
    said, writes = {"library": bytes.fromhex(file.json["library"]), "replica": bytes.fromhex(file.json["replica"]), "clock": file.json["clock"]}, []
    for number, (hash, size) in enumerate(zip(file.json["parts"], file.json["sizes"])):
        part = files.get("v1/base/%s/%06d-%s.rows" % (file.parts[0], number, hash))
        require(part and len(part.content) == size, f"its part {number} is missing or damaged")
        _, replicas, streams, found = read_frame(part, 2, 6, lambda shape: [(flags, shape[0], held) for flags, held in shape[1]], {**said, "number": number})
        require(len(unpack(streams.pop())) == len(found), "it has another number of siblings than rows")
        flat = [write for row in found for write in row]
        makers, _, times, _ = (numbers(stream, len(flat)) for stream in streams)
        writes += [write_of(key, clock, replicas[r], cells, flags & 4, flags & 1) for (flags, key, cells), r, clock in zip(flat, makers, times)]
    snapshots.append((sum(file.json["vector"].values()), file.name, file.json["vector"], writes))

def derive(key, purpose):  # HKDF with SHA-256, without salt (RFC 5869)
    return hmac.digest(hmac.digest(bytes(32), key, "sha256"), b"tidemark/v1/" + purpose + b"\x01", "sha256")
def age(*arguments, text=None):
    return subprocess.run(["age", "-d", *arguments], input=text, stdout=subprocess.PIPE, check=True).stdout
def add_keys(text):
    for line in re.findall("AGE-SECRET-KEY-1[A-Z0-9]{58}", text):
        key = base64.b32decode(line[16:68].translate(BECH32) + "====")
        keys[derive(key, b"id")[:4].hex()] = line.encode(), derive(key, b"authenticator")
def open_keys(identities, ending):  # requires the key of every file: with half of its files, a library would look like a whole one
    for path in identities:
        add_keys(open(path).read())
    for tag in {tag for kind in listed for _, tag, _ in listed[kind] if tag}:
        openers = [path for name, _, path in sorted(listed["keys"]) if name[8:16] == tag]
        for path in openers:
            if not identities and path.endswith(ending) and tag not in keys:
                attempt(path, lambda: add_keys(age(path).decode()))
        if tag not in keys:
            sys.exit(f"Files *.{tag}.age need another identity, which is in one of: {', '.join(openers) or 'no file'}. Nothing was read.")

def read(path, kind, name, tag):  # uses a file if it is what its name says
    content = pathlib.Path(path).read_bytes()
    require(tag or not keys or kind in ("library", "keys"), "it is not encrypted")
    if tag:
        outer, (line, content) = name, age("-i", "-", path, text=keys[tag][0]).split(b"\n", 1)
        said, _, authenticator = line.rpartition(b" ")
        expected = hmac.new(keys[tag][1], said + b"\n" + content, "sha256").hexdigest()
        require(expected.encode() == authenticator, "no device of this library wrote it")
        keyword, version, library, epoch, name = said.decode().split(" ")
        require((keyword, version, HASHES.sub("", name)) == ("TIDEMARK", "1", HASHES.sub("", outer)), "it has been renamed")
        require(kind == "devices" or not belongs(library, int(epoch)), "")
    groups = re.fullmatch(NAMES[kind], name).groups()
    digest = (content[-32:] if kind in ("log", "base") else hashlib.sha256(content).digest()).hex()
    if kind == "library":
        libraries[groups[0]] = max(int(groups[1]), libraries.get(groups[0], 0))
        fields = content.rpartition(b',"checksum"')[0]
        require(content == fields + b',"checksum":"%s"}\n' % sha(fields).hex().encode(), "it is damaged or incomplete")
    elif kind == "blobs":
        blobs[groups[0]] = {"blob": groups[0], "size": len(content), "sound": digest == groups[0]}
    require(kind == "library" or digest in groups or digest[:32] in groups, "it is damaged or incomplete")
    document = json.loads(content) if name.endswith(".json") else {}
    require(document.get("format", 1) == 1, "a newer version of Tidemark wrote it")
    require(not document or name.startswith(TITLES[kind].format(**document)), "it has been renamed")
    require(kind != "library" or document["encryption"] == ("age" if keys else "none"), "it states another encryption than the other files have")
    require(name not in files, "another file has the same name inside")
    files[name] = file = File(path, name, groups, content, document)
    if document and kind != "devices":  # their libraries may be aliases that other records name
        belongs(document["library"], document.get("epoch", 0))
    if kind == "retired":
        ends[groups[0]] = max(document["last"], ends.get(groups[0], 0))
        claims.append((groups[0], document["last"], None, path))
    claims.extend((replica, number, document["chains"].get(replica), path) for replica, number in document.get("vector", {}).items())
    {"log": add_segment, "snapshots": add_snapshot}.get(kind, len)(file)

def check_numbers(vector):  # compares the changes with the numbers and chain hashes that files state
    known = dict(vector)
    for replica, number, hash, path in sorted(claims, key=lambda claim: claim[:2]):
        last, at = min(number, ends.get(replica, number)), known.get(replica, 0)
        while (replica, at + 1) in changes:
            at += 1
        if at < last:
            problem(path, f"the changes of replica {replica} from {at + 1} on are missing, though this file needs them")
        known[replica] = max(at, last)
        versions = changes.get((replica, number), {})
        if hash and versions and replica not in ends and {hash} != set(versions):
            problem(path, f"another file has other changes under the numbers of replica {replica} up to {number}")

def main():
    folder, *identities = [argument for argument in sys.argv[1:] if argument != "--recovery"] or sys.exit(__doc__)
    for parent, _, names in os.walk(os.path.join(folder, "v1"), followlinks=True, onerror=lambda error: problem(error.filename, error)):
        for path, kind in itertools.product((os.path.join(parent, name) for name in names), NAMES):
            name, tag = re.fullmatch(r"(.*?)(?:[.]([0-9a-f]{8})[.]age)?", os.path.relpath(path, folder).replace(os.sep, "/"), re.S).groups()
            if re.fullmatch(NAMES[kind], name):
                listed[kind].append((name, tag, path))
    if not listed["library"]:
        sys.exit(f"There is no Tidemark library in {folder}.")
    open_keys(identities, ".recovery.age" if "--recovery" in sys.argv else ".passphrase.age")
    for kind in NAMES:  # in this order
        for name, tag, path in sorted(listed[kind], key=lambda file: file[::2]):
            attempt(path, read, path, kind, name, tag)
        if kind == "devices":
            records = [file for file in files.values() if file.name.startswith("v1/devices/")]
            for record in records * len(records):  # an alias may have aliases
                libraries.update(dict.fromkeys(record.json["aliases"] if record.json["library"] in libraries else (), math.inf))
            for record in records:
                attempt(record.path, belongs, record.json["library"], record.json["epoch"])
    usable = [snapshot for snapshot in snapshots if all(last <= ends.get(replica, last) for replica, last in snapshot[2].items())]
    _, _, vector, writes = max(usable, default=(0, "", {}, []), key=lambda snapshot: snapshot[:2])
    check_numbers(vector)
    after = (versions for (r, number), versions in changes.items() if vector.get(r, 0) < number <= ends.get(r, number))
    for key, cells in itertools.chain(writes, *(versions.values() for versions in after)):
        for cell, write in cells.items():
            rows[key][cell] = max(write, rows[key].get(cell, write), key=lambda write: write[0])
    sys.stdout.reconfigure(encoding="utf-8")
    for (table, row), cells in sorted(rows.items()):
        live = max((stamp for cell, (stamp, _) in cells.items() if cell != DELETE), default=(-1, 0))
        if EXISTENCE in cells and live > cells.get(DELETE, ((-1, 0), None))[0]:
            shown = {cell: cells[cell][1] for cell in sorted(set(cells) - {EXISTENCE, DELETE})}
            print(json.dumps({"table": table, "id": row.hex(), "values": shown}, default=lambda blob: {"hex": blob.hex()}, ensure_ascii=False))
            if table == "attachment" and shown.get("content") and shown["content"].hex() not in blobs:  # Tidemark's only column of blobs
                problem(f"v1/blobs/{shown['content'].hex()}", f"the file of attachment {row.hex()} is missing")
    for _, blob in sorted(blobs.items()):
        print(json.dumps(blob))
    if problems:
        sys.exit(f"{len(problems)} problems: what was printed may be incomplete.")
if __name__ == "__main__":
    main()
