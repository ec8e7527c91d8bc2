export const id=1551;export const ids=[1551];export const modules={5368:((e,t,r)=>{r.d(t,{F0:()=>l,Gt:()=>i,Sr:()=>a,V4:()=>n,hD:()=>o,ln:()=>s});let n='read -r n; eval "$(dd bs="$n" count=1 iflag=fullblock 2>/dev/null)"';function o(e){return`'${e.replaceAll("'","'\\''")}'`}function i(e){return`${Buffer.byteLength(e)}
${e}`}let s={conflict:70,lock:71,epoch:72,space:73,damaged:74},a=`
RR_UMASK=$(umask); umask 077
rr_mutex() { mkdir -p "$RR_STATE/records" "$RR_STATE/jobs" || exit 73; exec 9>"$RR_STATE/mutex" || exit 73; flock 9; }
rr_block() { # file length: the next bytes of standard input into a file, whole or not at all
  if [ "$2" -eq 0 ]; then : >"$1"; return; fi
  dd bs="$2" count=1 iflag=fullblock of="$1" 2>/dev/null && [ "$(wc -c <"$1")" -eq "$2" ] || exit 73
}
rr_put() { # file text: replaced at once, durable
  printf '%s\\n' "$2" | dd of="$1.partial" conv=fsync 2>/dev/null && mv "$1.partial" "$1" || { rm -f "$1.partial"; exit 73; }
}
rr_epoch() { # an older epoch than one seen here is refused
  seen=0; [ ! -s "$RR_STATE/epoch" ] || read -r seen <"$RR_STATE/epoch"
  [ "$RR_EPOCH" -ge "$seen" ] || exit 72
  [ "$RR_EPOCH" -eq "$seen" ] || rr_put "$RR_STATE/epoch" "$RR_EPOCH"
}
rr_append() { # record nonce seq length: lock, epoch and place are compared, then the block is appended and synced
  e=0; n=-; [ ! -s "$RR_STATE/lock" ] || read -r e n <"$RR_STATE/lock"
  { [ "$n" = "$2" ] && [ "$e" -eq "$RR_EPOCH" ]; } || exit 71
  f="$RR_STATE/records/$1.jsonl"; lines=0; torn=
  if [ -s "$f" ]; then
    lines=$(wc -l <"$f"); [ -z "$(tail -c 1 "$f")" ] || { torn=1; lines=$((lines + 1)); }
  fi
  [ "$lines" -eq "$3" ] || exit 70
  [ -z "$torn" ] || printf '\\n' >>"$f" || exit 73
  before=$(wc -c <"$f" 2>/dev/null || echo 0)
  dd bs="$4" count=1 iflag=fullblock oflag=append conv=notrunc,fsync of="$f" 2>/dev/null && [ "$(wc -c <"$f")" -eq "$((before + $4))" ] || {
    # The part that found space goes again; of a new record nothing stays.
    if [ "$before" -eq 0 ]; then rm -f "$f"; else truncate -s "$before" "$f" 2>/dev/null || :; fi
    exit 73
  }
  [ "$lines" -gt 0 ] || sync "$RR_STATE/records" 2>/dev/null || :
}
rr_started() { # pid: when it started, in ticks since boot; tells a process from a later one with its number
  [ -r "/proc/$1/stat" ] || return 1
  read -r line <"/proc/$1/stat" || return 1
  set -- $\{line##*) }; [ "$1" != Z ] || return 1
  echo "$\{20}"
}
rr_pid() { # job folder: the pid of the job when anything of its group still runs
  [ -s "$1/pid" ] || return 1
  read -r pid start epoch <"$1/pid"
  now=$(rr_started "$pid") || now=
  if [ "$now" != "$start" ]; then
    # The leader may end before its group does (a child that ignores TERM); until then its number is given to nobody else.
    [ -z "$now" ] && [ "$(stat -c %Y "$1/pid")" -ge "$(rr_boot)" ] && rr_group "$pid" || return 1
  fi
  echo "$pid"
}
rr_boot() { # seconds since 1970; a group's number from before says nothing
  while read -r name seconds; do [ "$name" != btime ] || { echo "$seconds"; return; }; done </proc/stat
  echo 0
}
rr_stop() { # pid tenths: the whole group, first asked, then killed
  kill -TERM -"$1" 2>/dev/null || return 0
  i=0
  while [ "$i" -lt "$2" ] && rr_group "$1"; do sleep 0.1; i=$((i + 1)); done
  kill -KILL -"$1" 2>/dev/null || :
  i=0
  while [ "$i" -lt 20 ] && rr_group "$1"; do sleep 0.1; i=$((i + 1)); done
}
rr_group() { # pid: is anything of its process group alive (a zombie is not)
  kill -0 -"$1" 2>/dev/null || return 1
  for stat in /proc/[0-9]*/stat; do
    read -r line 2>/dev/null <"$stat" || continue
    set -- "$1" $\{line##*) }
    [ "$4" = "$1" ] && [ "$2" != Z ] && return 0
  done
  return 1
}
`,l=`
rr_supervise() {
  exec 3<&0
  : >"$RR_JOB/out"
  RR_JOB="$RR_JOB" RR_EPOCH="$RR_EPOCH" RR_UMASK="$RR_UMASK" setsid sh -c '
    trap : TERM INT HUP
    read -r line </proc/$$/stat; set -- $\{line##*) }
    echo "$$ $\{20} $RR_EPOCH" >"$RR_JOB/pid.leader" && mv "$RR_JOB/pid.leader" "$RR_JOB/pid"
    ( umask "$RR_UMASK"; exec sh "$RR_JOB/run" ) </dev/null >>"$RR_JOB/out" 2>&1
    echo "$?" >"$RR_JOB/exit.partial" && mv "$RR_JOB/exit.partial" "$RR_JOB/exit" || rm -f "$RR_JOB/exit.partial"
  ' 3<&- 9>&- </dev/null >/dev/null 2>&1 &
  leader=$!
  [ -s "$RR_JOB/pid" ] || { echo "$leader $(rr_started "$leader") $RR_EPOCH" >"$RR_JOB/pid.parent" && mv "$RR_JOB/pid.parent" "$RR_JOB/pid"; }
  exec 9>&-
  echo "rr-started $leader" >&2
  ( while read -r beat; do : >"$RR_JOB/heartbeat"; done; : >"$RR_JOB/stopping"; rr_stop "$leader" "$RR_GRACE" ) <&3 >/dev/null 2>&1 &
  life=$!
  exec 3<&- </dev/null
  if tail --help 2>/dev/null | grep -q -e --pid; then
    tail --pid="$leader" -f -s 0.05 -c +1 "$RR_JOB/out" 2>/dev/null &
    wait "$leader" 2>/dev/null; wait "$!" 2>/dev/null
  else
    wait "$leader" 2>/dev/null; cat "$RR_JOB/out"
  fi
  # A lifeline that has closed is still stopping the rest of the group: wait for it.
  if [ -e "$RR_JOB/stopping" ]; then wait "$life" 2>/dev/null; else kill "$life" 2>/dev/null; fi
  code=137; [ ! -s "$RR_JOB/exit" ] || read -r code <"$RR_JOB/exit"
  # No exit code because nothing can be written any more: that is another thing than a job that was killed.
  [ -s "$RR_JOB/exit" ] || [ -e "$RR_JOB/stopping" ] || (echo probe >"$RR_JOB/probe") 2>/dev/null || echo rr-full >&2
  rm -f "$RR_JOB/probe"
  echo "rr-exit $code" >&2
}
`}),8415:((e,t,r)=>{r.d(t,{d:()=>o});var n=r(5663);class o extends n.rk{name="HostError";lack;constructor(e,t,r={}){super(t,r),this.lack=e}}}),7214:((e,t,r)=>{r.d(t,{P_:()=>h,Df:()=>$,HB:()=>_}),r(7598);var n=r(6760),o=r(5663),i=r(5368),s=r(8415);function a(e,t,r){let n=[`cd ${(0,i.hD)(t)} || { echo "release-runbook: the folder ${t.replaceAll(/[^\w./~-]/g,"?")} is not there" >&2; exit 126; }`];for(let[t,o]of(void 0!==e.path&&e.path.length>0&&n.push(`export PATH=${(0,i.hD)(e.path.join(":"))}:"$PATH"`),Object.entries({...e.env,...r}))){if(!/^[A-Za-z_][A-Za-z0-9_]*$/.test(t))throw Error(`not a variable's name: ${t}`);n.push(`export ${t}=${(0,i.hD)(o)}`)}return`${n.join("\n")}
`}function l(e){return`exec ${e.map(i.hD).join(" ")}
`}var d=r(6056);function c(e,t){return`jobs/${e.replaceAll(/[^A-Za-z0-9_.-]/g,"_")}/${t.replaceAll(/[^A-Za-z0-9_.-]/g,"_")}`}function $(e,t,r,$){let m,b=()=>((m??=(async()=>{let e=await (0,d.iq)($.transport,'printf "%s\\n" "$HOME"; for p in flock setsid dd tail; do command -v "$p" >/dev/null || echo "$p"; done\n',{timeoutMs:6e4});if(0!==e.code)throw _($.label,e.stderr,e.timedOut);let[t="",...r]=e.stdout.trim().split("\n");if(r.length>0)throw new o.rk(`host ${$.label}: ${r.join(", ")} not found there; nothing was changed`,{hint:"install util-linux and coreutils on the host (Debian: apt-get install util-linux coreutils)"});return t})()).catch(()=>{m=void 0}),m),g=async e=>{let r=await b(),n=$.base??r,o=R(t.directory??".",n,r);return void 0===e?o:R(e,o,r)},v=async()=>n.posix.join(r.root??n.posix.join(await b(),".release-runbook"),r.system,r.environment),O=async(e,t={})=>{let r=await (0,d.iq)($.transport,e,{blocks:void 0===t.input?[]:[t.input],timeoutMs:t.timeoutMs??6e4,onOutput:t.onOutput,whole:t.whole??!1});if(255===r.code&&f(r.stderr))throw _($.label,r.stderr,!1);return r},k={name:e,kind:$.kind,spec:t,state:v,directory:()=>g(void 0),async exec(e,r={}){let n=Math.ceil((r.timeoutMs??6e4)/1e3)+2,o="ssh"===$.kind?["timeout","-k","2",String(n),...e]:e;return O(a(t,await g(r.directory),r.env)+l(o),r)},shell:async(e,r={})=>O(a(t,await g(r.directory),{RR_STATE:await v(),...r.env})+e,r),supervise:async e=>(async function(e,{folder:t,directory:r,spec:$,connection:u}){var p,R,m,b,g,v,O;let k=n.posix.join(t,c(e.release,e.id)),{line:x,script:y}=(p=e.run,R=n.posix.join(k,"script"),"string"!=typeof p?{line:l(p),script:""}:{line:l(["bash","-eo","pipefail",R]),script:p}),B=`rm -f "$0"
${a($,r,e.env)}${x}`,E=e.announce,J=void 0===E?"":`${E.line}
`,T=`${i.Sr}${i.F0}
RR_STATE=${(0,i.hD)(t)} RR_JOB=${(0,i.hD)(k)} RR_EPOCH=${e.epoch} RR_GRACE=50
rr_mutex; rr_epoch
mkdir -p "$RR_JOB" && rm -f "$RR_JOB/pid" "$RR_JOB/exit" "$RR_JOB/heartbeat" "$RR_JOB/stopping" || exit 73
rr_block "$RR_JOB/run" ${Buffer.byteLength(B)}; rr_block "$RR_JOB/script" ${Buffer.byteLength(y)}
${void 0===E?"":`rr_append ${(0,i.hD)(E.record)} ${(0,i.hD)(E.nonce)} ${E.seq} ${Buffer.byteLength(J)}`}
rr_supervise
`,S=(0,d.zo)(e.onOutput),A=await (0,d.iq)(u.transport,T,{blocks:[B,y,J],timeoutMs:e.timeoutMs??18e5,beatMs:5e3,onOutput:S.add});S.end();let M=/^rr-exit (\d+)$/m.exec(A.stderr);if(/^rr-full$/m.test(A.stderr))throw new s.d("no-space",`host ${u.label}: no space left at ${k} while ${e.id} ran, so how it ended could not be written there`,{hint:`free some space there first (df -h ${t})`});if(M)return{code:Number(M[1]),output:A.stdout,ms:A.ms,timedOut:A.timedOut};if(A.timedOut)return{code:137,output:A.stdout,ms:A.ms,timedOut:!0};throw m=A.code,b=A.stderr,g=e,v=u.label,O=k,m===i.ln.conflict||m===i.ln.lock||m===i.ln.epoch?new h(m,g.id):m===i.ln.space?w(v,O):/^rr-started /m.test(b)?new s.d("unreachable",`the connection to host ${v} broke while ${g.id} ran there; with the connection gone, it is stopped there with all that it had started`,{hint:"once the host answers again; the rollback looks first whether it still runs"}):255===m||f(b)?_(v,b,!1):new o.rk(`host ${v}: ${g.id} could not be supervised (exit ${m}): ${b.trim()}`,{hint:"whether it was started is not known; `runbook rollback` looks before it undoes anything"})})(e,{folder:await v(),directory:await g(e.directory),spec:t,connection:$}),async jobState(e,t){let r=n.posix.join(await v(),c(e,t));return p((await k.shell(`${i.Sr}${u}`,{env:{RR_JOB:r}})).stdout)},async stopJob(e,t,r=5e3){let o=n.posix.join(await v(),c(e,t)),s=`${i.Sr}if pid=$(rr_pid "$RR_JOB"); then rr_stop "$pid" "$RR_TENTHS"; fi
${u}`;return p((await k.shell(s,{env:{RR_JOB:o,RR_TENTHS:String(Math.ceil(r/100))},timeoutMs:r+3e4})).stdout)},async daemon(e){let r=a(t,await g(e.directory),e.env)+`mkdir -p ${(0,i.hD)(n.posix.dirname(e.log))} ${(0,i.hD)(n.posix.dirname(e.pidFile))}
`+`setsid sh -c 'echo "$$" >"$0.partial" && mv "$0.partial" "$0"; exec "$@"' ${(0,i.hD)(e.pidFile)} ${e.program.map(i.hD).join(" ")} `+`</dev/null >>${(0,i.hD)(e.log)} 2>&1 &
echo "$!"
`,s=await O(r);if(0!==s.code)throw new o.rk(`host ${$.label}: ${e.program[0]} could not be started: ${s.stderr.trim()}`);return Number(s.stdout.trim())},async read(e){let t=await k.shell('[ -e "$RR_FILE" ] || exit 3\ncat -- "$RR_FILE"\n',{env:{RR_FILE:await g(e)},whole:!0});if(3!==t.code){if(0!==t.code)throw new o.rk(`host ${$.label}: ${e} cannot be read: ${t.stderr.trim()}`);return t.stdout}},async write(e,t,r=384){let n=await g(e),s=`${i.Sr}mkdir -p "$(dirname "$RR_FILE")" && rr_block "$RR_FILE.partial" "$RR_LENGTH" && chmod "$RR_MODE" "$RR_FILE.partial" && sync "$RR_FILE.partial" 2>/dev/null; mv "$RR_FILE.partial" "$RR_FILE"
`,a=await k.shell(s,{env:{RR_FILE:n,RR_LENGTH:String(Buffer.byteLength(t)),RR_MODE:r.toString(8)},input:t});if(a.code===i.ln.space)throw w($.label,n);if(0!==a.code)throw new o.rk(`host ${$.label}: ${n} cannot be written: ${a.stderr.trim()}`)},send:async(e,t,r)=>$.send(e,await g(t),k,r),fetch:async(e,t,r)=>$.fetch(await g(e),t,k,r),close:()=>$.close()};return k}class h extends Error{code;constructor(e,t){super(`refused (${e}): ${t}`),this.code=e}}let u=`
if pid=$(rr_pid "$RR_JOB"); then
  read -r pid start epoch <"$RR_JOB/pid"
  now=$(date +%s); beat=$(stat -c %Y "$RR_JOB/heartbeat" 2>/dev/null || stat -c %Y "$RR_JOB/pid")
  echo "running $pid $epoch $((now - beat))"
elif [ -s "$RR_JOB/exit" ]; then read -r code <"$RR_JOB/exit"; echo "done $code"
elif [ -e "$RR_JOB/out" ]; then echo lost
else echo none; fi
[ ! -e "$RR_JOB/out" ] || tail -c 20000 "$RR_JOB/out"
`;function p(e){let t=e.indexOf("\n"),[r,n="",o="",i=""]=e.slice(0,t).split(" "),s=e.slice(t+1);return"running"===r?{state:"running",pid:Number(n),epoch:Number(o),heartbeatAgeMs:1e3*Number(i)}:"done"===r?{state:"done",code:Number(n),output:s}:"lost"===r?{state:"lost",output:s}:{state:"none"}}function R(e,t,r){return"~"===e||e.startsWith("~/")?n.posix.join(r,e.slice(1)):(0,n.isAbsolute)(e)?e:n.posix.join(t,e)}function f(e){return/^(ssh: |ssh_exchange|kex_exchange|mux_client|Host key verification failed|.*Permission denied \(|Connection (closed|reset|timed out|refused)|client_loop: )/m.test(e)}function _(e,t,r){let n=t.trim().split("\n").at(-1)??"",o=/Host key verification/.test(t)?"put the host's key into known_hosts (`ssh-keyscan -H HOST`, compare it with the host's own), or name a secret in `known-hosts:`":/Permission denied/.test(t)?"name the key in `key: $SECRET`, or add it to the host's authorized_keys":"try the same by hand: ssh -o BatchMode=yes USER@HOST true";return new s.d("unreachable",`host ${e} cannot be reached: ${r?"no answer in time":n||"ssh ended without a word"}; nothing was started there`,{hint:o})}function w(e,t){return new s.d("no-space",`host ${e}: no space left, or not writable, at ${t}; the change was not started`,{hint:`free some space there (df -h ${n.posix.dirname(t)}) and run the same command again`})}}),6056:((e,t,r)=>{r.d(t,{g7:()=>i,iq:()=>a,ni:()=>l,zo:()=>s});var n=r(1421),o=r(5368);function i(e,t=1048576){let r=[],n=0,o=0,s=new TextDecoder;return{add(i){for(e?.(s.decode(i,{stream:!0})),r.push(i),n+=i.length;n>t&&r.length>1;){let e=r.shift();n-=e.length,o+=e.length}},text:()=>(o>0?`[${o} bytes left out]
`:"")+Buffer.concat(r).toString("utf8")}}function s(e){let t="";return{add(r){let n=t+r,o=n.lastIndexOf("\n")+1;t=n.slice(o),o>0&&e?.(n.slice(0,o))},end(){""!==t&&e?.(t),t=""}}}async function a(e,t,r){let n=performance.now(),s=await e();return await new Promise((e,a)=>{let l,d=i(r.onOutput,r.whole?1/0:1048576),c=i(r.onError),$=!1;s.stdout.on("data",e=>d.add(e)),s.stderr.on("data",e=>c.add(e)),s.stdin.on("error",()=>{});let h=setTimeout(()=>{$=!0,s.stdin.end(),setTimeout(()=>s.kill("SIGKILL"),r.beatMs?15e3:1e3).unref()},r.timeoutMs);for(let i of(s.on("error",e=>{clearTimeout(h),clearInterval(l),a(e)}),s.on("close",(t,r)=>{clearTimeout(h),clearInterval(l),e({code:t??("SIGKILL"===r?137:143),stdout:d.text(),stderr:c.text(),ms:performance.now()-n,timedOut:$})}),s.stdin.write((0,o.Gt)(t)),r.blocks??[]))s.stdin.write(i);void 0===r.beatMs?s.stdin.end():l=setInterval(()=>s.stdin.write(".\n"),r.beatMs)})}function l(e,t,r){return(0,n.spawn)(e,t,{env:r,detached:!0,stdio:["pipe","pipe","pipe"]})}}),8338:((e,t,r)=>{r.d(t,{a:()=>i,j:()=>o});var n=r(5663);class o extends n.rk{why;constructor(e,t){super(`${{conflict:"another writer has appended to this release's record meanwhile",lock:"the lock of this environment is no longer held by this run",epoch:"the lock of this environment was taken over by a newer run"}[e]} (${t}); this run has stopped, and changes nothing more`,{hint:"`runbook status` shows who holds the environment and what was done"}),this.why=e}}function i(e,t,r,n=()=>new Date){return e.map((e,o)=>({seq:t+o,at:n().toISOString(),epoch:r,...e}))}})};