export const id=175;export const ids=[175];export const modules={20175:((e,t,r)=>{r.d(t,{fromHost:()=>d});var o=r(55663),n=r(2208);let s=`
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
`,i=`
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
`,a=`
code=$(wget -S -O /dev/null -T "$RR_SECONDS" "$RR_URL" 2>&1 | sed -n 's/^ *HTTP\\/[0-9.]* \\([0-9][0-9]*\\).*/\\1/p' | tail -n 1)
echo "$\{code:-0}"
`;async function d(e,t){var d;let f=t.timeoutMs??1e4,h=t.count??1,m=Math.min(6e5,h*f)+15e3,p=await function(e){let t=l.get(e);if(void 0!==t)return t;let r=e.shell('for tool in python3 curl wget; do command -v "$tool" >/dev/null 2>&1 && echo "$tool"; done; exit 0\n').then(e=>new Set(e.stdout.trim().split("\n")));return l.set(e,r),r.catch(()=>l.delete(e)),r}(e);if(p.has("python3"))return async function(e,t,{timeoutMs:o,count:i,limitMs:a}){let d=JSON.stringify({url:t.url,method:t.method??"GET",headers:t.headers??{},body:t.body??null,timeout:o/1e3,total:600,count:i,redirects:t.redirects??5,contains:t.contains??null,max:n.DD,wire:9e5}),l=await e.exec(["python3","-c",s],{input:d,timeoutMs:a});if(0!==l.code)throw u(e,"python3",l.stderr);let c=JSON.parse(l.stdout),f=null===c.first?"":(0,r(38522).inflateSync)(Buffer.from(c.first.body,"base64"),{maxOutputLength:n.DD+1}).toString("utf8");return{timings:c.timings.map(({status:e,ms:t,bytes:r,contains:o,error:n})=>({status:e,ms:t??0/0,bytes:r,contains:o,error:n})),body:f,cut:c.first?.cut??!1,headers:c.first?.headers??{},from:`host ${e.name} (python3)`}}(e,t,{timeoutMs:f,count:h,limitMs:m});if(p.has("curl"))return async function(e,t,{timeoutMs:r,count:o,limitMs:s}){let a={RR_COUNT:String(o),RR_WIRE:String(9e5),RR_CONTAINS:t.contains??""},d=await e.shell(i,{env:a,input:function(e,t){let r=e.redirects??5,o=[c("url",e.url),c("max-time",String(t/1e3)),c("max-filesize",String(n.DD))];for(let[t,r]of("HEAD"===e.method?o.push("head\n"):void 0!==e.method&&"GET"!==e.method&&o.push(c("request",e.method)),Object.entries(e.headers??{})))o.push(c("header",`${t}: ${r}`));return void 0!==e.body&&o.push(c("data-raw",e.body)),r>0&&o.push("location\n",c("max-redirs",String(r))),o.push("globoff\n"),o.join("")}(t,r),timeoutMs:s});if(0!==d.code)throw u(e,"curl",d.stderr);let[l,f,h]=function(e){let t=e.indexOf("\n\n"),r=e.slice(t+2);if(r.startsWith("\n"))return[e.slice(0,t),"",r.slice(1)];let o=r.indexOf("\n\n");return[e.slice(0,t),r.slice(0,o),r.slice(o+2)]}(d.stdout),m=l.split("\n").map(e=>{var t;let[r="",o="",n="",s="",i=""]=e.split(" "),a=1e3*Number(n.replace(",","."));return"0"!==r?{status:void 0,ms:a,bytes:0,contains:void 0,error:({6:"name not found",7:"connection refused",28:"no answer in time",47:"too many redirects",52:"empty answer",60:"certificate not accepted"})[t=r]??`curl ended with ${t}`}:{status:Number(o),ms:a,bytes:Number(s),contains:"1"===i||"0"!==i&&void 0,error:void 0}}),p={};for(let e of f.split("\n")){if(e.startsWith("HTTP/"))for(let e of Object.keys(p))delete p[e];let t=e.indexOf(":");t>0&&(p[e.slice(0,t).toLowerCase()]=e.slice(t+1).trim())}return{timings:m,body:h,cut:Buffer.byteLength(h)>=9e5,headers:p,from:`host ${e.name} (curl)`}}(e,t,{timeoutMs:f,count:h,limitMs:m});if(p.has("wget")&&((d=t).method??"GET")==="GET"&&void 0===d.body&&void 0===d.headers&&void 0===d.contains&&(d.count??1)===1)return async function(e,t,r){let o={RR_URL:t,RR_SECONDS:String(Math.max(1,Math.ceil(r/1e3)))},n=Number((await e.shell(a,{env:o,timeoutMs:r+15e3})).stdout.trim());return{timings:[{...n>0?{status:n,error:void 0}:{status:void 0,error:"no answer"},ms:0/0,bytes:0,contains:void 0}],body:"",cut:!0,headers:{},from:`host ${e.name} (wget)`}}(e,t.url,f);throw new o.rk(`host ${e.name} has no program that can send this request`,{hint:"install python3 or curl there, or add its folder to the host's `path:`"})}let l=new WeakMap;function c(e,t){let r=t.replaceAll("\\","\\\\").replaceAll('"','\\"').replaceAll("\n","\\n").replaceAll("\r","\\r").replaceAll("	","\\t");return`${e} = "${r}"
`}function u(e,t,r){return new o.rk(`host ${e.name}: ${t} could not send the request: ${r.trim().split("\n").at(-1)??""}`)}})};