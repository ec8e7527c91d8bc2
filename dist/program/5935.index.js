export const id=5935;export const ids=[5935];export const modules={85935:((e,s,t)=>{t.d(s,{PYTHON:()=>r});let r=`
import json, math, os, sqlite3, sys, time

def value(v):
    if isinstance(v, int) and abs(v) > 9007199254740991:
        return {"int": str(v)}
    if isinstance(v, bytes):
        return {"blob": v.hex()}
    if isinstance(v, float) and math.isinf(v):
        return {"real": "Infinity" if v > 0 else "-Infinity"}
    return v

def progress(total):
    last = [0.0]
    def tell(status, remaining, pages):
        now = time.monotonic()
        if now - last[0] > 0.5 or remaining == 0:
            last[0] = now
            sys.stdout.write("progress %d %d\\n" % ((pages - remaining) * total, pages * total))
            sys.stdout.flush()
    return tell

def connect(path, busy):
    if not os.path.isfile(path):
        raise sqlite3.OperationalError("no such file: " + path)
    db = sqlite3.connect(path, timeout=busy / 1000.0, isolation_level=None)
    db.text_factory = lambda b: b.decode("utf-8", "surrogateescape")
    return db

def step(db, s):
    if "backup" in s:
        size = db.execute("PRAGMA page_size").fetchone()[0]
        to = connect(s["backup"], 0)
        try:
            db.backup(to, pages=1024, progress=progress(size))
        finally:
            to.close()
        return {"columns": [], "rows": [], "ms": 0}
    start = time.perf_counter()
    cursor = db.execute(s["sql"])
    if "to" in s:
        with os.fdopen(os.open(s["to"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            for row in cursor:
                out.write(row[0].encode("utf-8", "surrogateescape") + b"\\n")
            out.flush()
            os.fsync(out.fileno())
        rows = []
    else:
        rows = cursor.fetchall()
    ms = (time.perf_counter() - start) * 1000
    columns = [c[0] for c in cursor.description or []]
    return {"columns": columns, "rows": [[value(v) for v in row] for row in rows], "ms": ms}

def main():
    at = -1
    try:
        request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
        results = []
        db = connect(request["path"], request["busyMs"])
        try:
            for a in request["attach"]:
                if not os.path.isfile(a["path"]):
                    raise sqlite3.OperationalError("no such file: " + a["path"])
                db.execute('ATTACH ? AS "%s"' % a["as"], (a["path"],))
            for s in request["steps"]:
                at += 1
                results.append(step(db, s))
        finally:
            db.close()
        reply = json.dumps({"ok": True, "version": sqlite3.sqlite_version, "results": results})
        if len(reply) > 1000000:
            raise ValueError("the result is larger than 1 MB")
    except Exception as error:
        reply = json.dumps({"ok": False, "at": at, "message": str(error)})
    sys.stdout.write(reply + "\\n")

main()
`})};