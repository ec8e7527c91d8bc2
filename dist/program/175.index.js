export const id = 175;
export const ids = [175];
export const modules = {

/***/ 175:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fromHost: () => (/* binding */ fromHost)
/* harmony export */ });
/* unused harmony export curlConfig */
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8522);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5663);
/* harmony import */ var _request_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2208);



/** The request comes as JSON on standard input, so that no header stands in an argument list; the answer goes as JSON to standard output. */
const PYTHON = `
import base64, http.client, json, socket, ssl, sys, time, zlib
from urllib.parse import urljoin, urlsplit
ask = json.loads(sys.stdin.read())
links = {}
def origin(url):
    parts = urlsplit(url)
    if parts.scheme not in ('http', 'https') or not parts.hostname: raise ValueError('not an http address')
    return parts.scheme, parts.hostname, parts.port
def send(url, method, headers, body, left):
    key = origin(url)
    parts = urlsplit(url)
    path = (parts.path or '/') + ('?' + parts.query if parts.query else '')
    for attempt in (0, 1):
        fresh = key not in links
        if fresh:
            kind = http.client.HTTPSConnection if key[0] == 'https' else http.client.HTTPConnection
            links[key] = kind(key[1], key[2], timeout=ask['timeout'])
        links[key].timeout = max(0.001, left)
        if links[key].sock: links[key].sock.settimeout(max(0.001, left))
        try:
            links[key].request(method, path, body, headers)
            return links[key].getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            links.pop(key).close()
            if fresh or attempt: raise
def once():
    url, method, body = ask['url'], ask['method'], ask['body']
    headers = dict(ask['headers'])
    end = time.monotonic() + ask['timeout']
    for turn in range(ask['redirects'] + 1):
        answer = send(url, method, headers, None if body is None else body.encode(), end - time.monotonic())
        data = []
        size = 0
        cut = False
        while True:
            if time.monotonic() > end: raise socket.timeout()
            chunk = answer.read(65536)
            if not chunk: break
            if size + len(chunk) > ask['max']:
                cut = True
                links.pop(origin(url)).close()
                break
            data.append(chunk)
            size += len(chunk)
        place = answer.getheader('location')
        if not (300 <= answer.status <= 399) or not place or ask['redirects'] == 0:
            return answer, b''.join(data), cut
        target = urljoin(url, place)
        if origin(target) != origin(url):
            headers = {k: v for k, v in headers.items() if k.lower() not in ('authorization', 'cookie') and not any(w in k.lower() for w in ('token', 'key', 'secret'))}
        url = target
        if answer.status == 303 or (answer.status < 303 and method == 'POST'):
            method, body = ('HEAD' if method == 'HEAD' else 'GET'), None
    raise ValueError('too many redirects')
timings = []
first = None
stop = time.monotonic() + ask['total']
for n in range(ask['count']):
    if time.monotonic() > stop:
        timings.append({'ms': None, 'bytes': 0, 'error': 'not sent: out of time'})
        break
    start = time.perf_counter()
    try:
        answer, data, cut = once()
        row = {'ms': (time.perf_counter() - start) * 1000, 'status': answer.status, 'bytes': len(data)}
        if ask['contains'] is not None: row['contains'] = ask['contains'].encode() in data
        if first is None:
            packed = base64.b64encode(zlib.compress(data)).decode()
            if len(packed) > ask['wire']:
                packed = base64.b64encode(zlib.compress(data[:ask['wire'] // 2])).decode()
                cut = True
            first = {'body': packed, 'cut': cut, 'headers': {k.lower(): v for k, v in answer.getheaders()}}
    except (socket.timeout, TimeoutError):
        for link in links.values(): link.close()
        links.clear()
        row = {'ms': (time.perf_counter() - start) * 1000, 'bytes': 0, 'error': 'no answer within %d ms' % (ask['timeout'] * 1000)}
    except ConnectionRefusedError:
        row = {'ms': (time.perf_counter() - start) * 1000, 'bytes': 0, 'error': 'connection refused'}
    except (OSError, ValueError, http.client.HTTPException) as error:
        for link in links.values(): link.close()
        links.clear()
        row = {'ms': (time.perf_counter() - start) * 1000, 'bytes': 0, 'error': (str(error) or type(error).__name__)[:200]}
    timings.append(row)
print(json.dumps({'timings': timings, 'first': first}))
`;
/** Without python3: curl, its configuration on standard input. A line a request, an empty one, the first answer's headers and body. */
const CURL = `
umask 077
folder=$(mktemp -d) || exit 73
trap 'rm -rf "$folder"' EXIT
cat >"$folder/ask"
n=0
while [ "$n" -lt "$RR_COUNT" ]; do
  n=$((n + 1))
  line=$(curl -q -sS -K "$folder/ask" -D "$folder/head.new" -o "$folder/body.new" --proto =http,https --proto-redir =http,https --noproxy '*' \\
    -w '%{http_code} %{time_total} %{size_download}' 2>"$folder/error"); code=$?
  found=-
  if [ -n "$RR_CONTAINS" ]; then
    if grep -qF -e "$RR_CONTAINS" "$folder/body.new" 2>/dev/null; then found=1; else found=0; fi
  fi
  echo "$code $line $found"
  if [ "$code" -eq 0 ] && [ ! -e "$folder/body" ]; then
    mv "$folder/head.new" "$folder/head"; mv "$folder/body.new" "$folder/body" 2>/dev/null || : >"$folder/body"
  fi
done
echo
[ ! -e "$folder/head" ] || sed 's/\\r$//' "$folder/head" | sed '/^$/d'
echo
[ ! -e "$folder/body" ] || head -c "$RR_WIRE" "$folder/body"
`;
/** Without either: wget, busybox's or GNU's; it can only ask whether there is an answer. */
const WGET = `
code=$(wget -S -O /dev/null -T "$RR_SECONDS" "$RR_URL" 2>&1 | sed -n 's/^ *HTTP\\/[0-9.]* \\([0-9][0-9]*\\).*/\\1/p' | tail -n 1)
echo "\${code:-0}"
`;
/** What fits into the output of one program, encoded. */
const wire = 900_000;
const totalMs = 10 * 60_000;
/** As `sendRequest`, from a host that is reached by a program. */
async function fromHost(host, request) {
    const timeoutMs = request.timeoutMs ?? 10_000;
    const count = request.count ?? 1;
    const limitMs = Math.min(totalMs, count * timeoutMs) + 15_000;
    const tools = await toolsOf(host);
    if (tools.has('python3'))
        return byPython(host, request, { timeoutMs, count, limitMs });
    if (tools.has('curl'))
        return byCurl(host, request, { timeoutMs, count, limitMs });
    if (tools.has('wget') && isSimple(request))
        return byWget(host, request.url, timeoutMs);
    throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`host ${host.name} has no program that can send this request`, {
        hint: "install python3 or curl there, or add its folder to the host's `path:`",
    });
}
const known = new WeakMap();
function toolsOf(host) {
    const found = known.get(host);
    if (found !== undefined)
        return found;
    const asked = host
        .shell('for tool in python3 curl wget; do command -v "$tool" >/dev/null 2>&1 && echo "$tool"; done; exit 0\n')
        .then((result) => new Set(result.stdout.trim().split('\n')));
    known.set(host, asked);
    asked.catch(() => known.delete(host));
    return asked;
}
async function byPython(host, request, { timeoutMs, count, limitMs }) {
    const input = JSON.stringify({
        url: request.url,
        method: request.method ?? 'GET',
        headers: request.headers ?? {},
        body: request.body ?? null,
        timeout: timeoutMs / 1000,
        total: totalMs / 1000,
        count,
        redirects: request.redirects ?? 5,
        contains: request.contains ?? null,
        max: _request_js__WEBPACK_IMPORTED_MODULE_2__/* .maxBody */ .DD,
        wire,
    });
    const result = await host.exec(['python3', '-c', PYTHON], { input, timeoutMs: limitMs });
    if (result.code !== 0)
        throw broken(host, 'python3', result.stderr);
    const said = JSON.parse(result.stdout);
    const body = said.first === null
        ? ''
        : (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.inflateSync)(Buffer.from(said.first.body, 'base64'), { maxOutputLength: _request_js__WEBPACK_IMPORTED_MODULE_2__/* .maxBody */ .DD + 1 }).toString('utf8');
    return {
        timings: said.timings.map(({ status, ms, bytes, contains, error }) => ({
            status,
            ms: ms ?? Number.NaN,
            bytes,
            contains,
            error,
        })),
        body,
        cut: said.first?.cut ?? false,
        headers: said.first?.headers ?? {},
        from: `host ${host.name} (python3)`,
    };
}
/** curl's configuration quotes with backslashes. */
function configLine(name, value) {
    const escaped = value
        .replaceAll('\\', '\\\\')
        .replaceAll('"', '\\"')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r')
        .replaceAll('\t', '\\t');
    return `${name} = "${escaped}"\n`;
}
/** The configuration that curl reads; exported for its test. */
function curlConfig(request, timeoutMs) {
    const redirects = request.redirects ?? 5;
    const lines = [
        configLine('url', request.url),
        configLine('max-time', String(timeoutMs / 1000)),
        configLine('max-filesize', String(_request_js__WEBPACK_IMPORTED_MODULE_2__/* .maxBody */ .DD)),
    ];
    if (request.method === 'HEAD')
        lines.push('head\n');
    else if (request.method !== undefined && request.method !== 'GET')
        lines.push(configLine('request', request.method));
    for (const [name, value] of Object.entries(request.headers ?? {}))
        lines.push(configLine('header', `${name}: ${value}`));
    if (request.body !== undefined)
        lines.push(configLine('data-raw', request.body));
    if (redirects > 0)
        lines.push('location\n', configLine('max-redirs', String(redirects)));
    lines.push('globoff\n');
    return lines.join('');
}
async function byCurl(host, request, { timeoutMs, count, limitMs }) {
    const env = { RR_COUNT: String(count), RR_WIRE: String(wire), RR_CONTAINS: request.contains ?? '' };
    const result = await host.shell(CURL, { env, input: curlConfig(request, timeoutMs), timeoutMs: limitMs });
    if (result.code !== 0)
        throw broken(host, 'curl', result.stderr);
    const [rows, head, body] = parts(result.stdout);
    const timings = rows.split('\n').map((row) => {
        const [code = '', status = '', seconds = '', bytes = '', found = ''] = row.split(' ');
        const contains = found === '1' ? true : found === '0' ? false : undefined;
        const ms = Number(seconds.replace(',', '.')) * 1000;
        if (code !== '0')
            return { status: undefined, ms, bytes: 0, contains: undefined, error: curlError(code) };
        return { status: Number(status), ms, bytes: Number(bytes), contains, error: undefined };
    });
    const headers = {};
    for (const line of head.split('\n')) {
        if (line.startsWith('HTTP/'))
            for (const name of Object.keys(headers))
                delete headers[name];
        const at = line.indexOf(':');
        if (at > 0)
            headers[line.slice(0, at).toLowerCase()] = line.slice(at + 1).trim();
    }
    return { timings, body, cut: Buffer.byteLength(body) >= wire, headers, from: `host ${host.name} (curl)` };
}
function parts(text) {
    const first = text.indexOf('\n\n');
    const rest = text.slice(first + 2);
    if (rest.startsWith('\n'))
        return [text.slice(0, first), '', rest.slice(1)];
    const second = rest.indexOf('\n\n');
    return [text.slice(0, first), rest.slice(0, second), rest.slice(second + 2)];
}
function curlError(code) {
    const words = {
        '6': 'name not found',
        '7': 'connection refused',
        '28': 'no answer in time',
        '47': 'too many redirects',
        '52': 'empty answer',
        '60': 'certificate not accepted',
    };
    return words[code] ?? `curl ended with ${code}`;
}
function isSimple(request) {
    return ((request.method ?? 'GET') === 'GET' &&
        request.body === undefined &&
        request.headers === undefined &&
        request.contains === undefined &&
        (request.count ?? 1) === 1);
}
async function byWget(host, url, timeoutMs) {
    const env = { RR_URL: url, RR_SECONDS: String(Math.max(1, Math.ceil(timeoutMs / 1000))) };
    const result = await host.shell(WGET, { env, timeoutMs: timeoutMs + 15_000 });
    const status = Number(result.stdout.trim());
    const timing = status > 0 ? { status, error: undefined } : { status: undefined, error: 'no answer' };
    return {
        timings: [{ ...timing, ms: Number.NaN, bytes: 0, contains: undefined }],
        body: '',
        cut: true,
        headers: {},
        from: `host ${host.name} (wget)`,
    };
}
function broken(host, program, stderr) {
    return new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`host ${host.name}: ${program} could not send the request: ${stderr.trim().split('\n').at(-1) ?? ''}`);
}


/***/ })

};
