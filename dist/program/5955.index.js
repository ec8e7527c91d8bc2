export const id=5955;export const ids=[5955];export const modules={9215:((t,e,i)=>{function r(t,e,i={}){return t.exec("string"==typeof e?["bash","-eo","pipefail","-c",e]:e,i)}function o(t,e=5){return(""===t.stderr.trim()?t.stdout:t.stderr).trim().split("\n").slice(-e).join("\n")}i.d(e,{l9:()=>r,w$:()=>o})}),5955:((t,e,i)=>{i.r(e),i.d(e,{commandManager:()=>p});var r=i(6760),o=i(9215),s=i(5663),n=i(4503);let a=`
file=$1; shift
boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo -)
if [ -r "/proc/$$/stat" ]; then read -r line <"/proc/$$/stat"; set -- "$\{line##*) }" "$@"; else set -- "" "$@"; fi
fields=$1; shift
start=$(printf '%s' "$fields" | cut -d ' ' -f 20)
[ -n "$start" ] || start=$(ps -o lstart= -p "$$" | tr -s ' ' _)
# A process of which nobody knows could be stopped by nobody.
echo "$$ $start $boot" >"$file.partial" && mv "$file.partial" "$file" || { rm -f "$file.partial"; exit 1; }
exec "$@"
`,l=`
started() {
  if [ -d /proc/self ]; then
    read -r line 2>/dev/null <"/proc/$1/stat" || return 1
    set -- $\{line##*) }
    [ "$1" != Z ] && [ "$1" != X ] && echo "$\{20}"
  else ps -o lstart= -p "$1" | tr -s ' ' _; fi
}
group() {
  kill -0 -"$1" 2>/dev/null || return 1
  [ -d /proc/self ] || return 0
  for stat in /proc/[0-9]*/stat; do
    read -r line 2>/dev/null <"$stat" || continue
    set -- "$1" $\{line##*) }
    [ "$4" = "$1" ] && [ "$2" != Z ] && [ "$2" != X ] && return 0
  done
  return 1
}
pid=; start=; boot=
[ ! -s "$RR_FILE" ] || read -r pid start boot <"$RR_FILE"
[ "$\{boot:--}" = "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo -)" ] || pid=
leader=
if [ -n "$pid" ]; then
  now=$(started "$pid") || now=
  if [ "$now" = "$start" ]; then leader=1
  # Another process has the number by now, so nothing of the old group is left (a group in use keeps its number taken).
  elif [ -n "$now" ]; then pid=; fi
fi
`,$=`${l}
[ -n "$leader" ] || { echo gone; exit 0; }
pages=; [ ! -r "/proc/$pid/statm" ] || read -r all pages rest <"/proc/$pid/statm"
echo "running $pid $\{pages:-} $(getconf PAGESIZE 2>/dev/null || echo 4096)"
`,d=`${l}
[ -n "$pid" ] || { rm -f "$RR_FILE"; exit 0; }
group "$pid" || { rm -f "$RR_FILE"; exit 0; }
kill -TERM -"$pid" 2>/dev/null
i=0
while group "$pid" && [ "$i" -lt "$RR_TENTHS" ]; do sleep 0.1; i=$((i + 1)); done
if group "$pid"; then
  kill -KILL -"$pid" 2>/dev/null
  i=0
  while group "$pid" && [ "$i" -lt 50 ]; do sleep 0.1; i=$((i + 1)); done
fi
if group "$pid"; then echo "$pid"; exit 1; fi
rm -f "$RR_FILE"
`;function p(t,e){let{command:i}=t;return"stop"in i?function(t,e,{name:i,host:r,argumentsOf:n}){let a=t=>({...void 0===t.port?{}:{PORT:String(t.port)},...null===t.slot?{}:{SLOT:t.slot}}),l=t["stop-within"]??1e4,$=async t=>{let n=await (0,o.l9)(r,e.status,{directory:t.directory,env:a(t),timeoutMs:3e4});if(n.timedOut)throw new s.rk(`service ${i}: its \`status\` gave no answer within 30 s on host ${r.name}`);return{running:0===n.code,pid:void 0,restarts:void 0,memoryBytes:void 0}},d=async t=>{let n=await (0,o.l9)(r,e.stop,{directory:t.directory,env:a(t),timeoutMs:l+6e4}),d=performance.now()+l;for(;;){if(!(await $(t)).running)return;if(performance.now()>d)break;await new Promise(t=>setTimeout(t,200))}throw new s.rk(`service ${i} on host ${r.name}: its \`stop\` ended with ${n.code}, and its \`status\` says that it still runs
${(0,o.w$)(n)}`)};return{status:$,stop:d,logs:async()=>[],async start(t,{directory:a,env:l}){(await $(t)).running&&await d(t);let p="string"==typeof e.start?e.start:n(t,l,e.start),c=await (0,o.l9)(r,"string"==typeof p?p:[...p],{directory:a,env:l,timeoutMs:3e5});if(0!==c.code)throw new s.rk(`service ${i} on host ${r.name}: its \`start\` ended with ${c.timedOut?"no answer":c.code}
${(0,o.w$)(c)}`)}}}(t,i,e):function(t,e,{name:i,host:l,argumentsOf:p}){let c=async(t,e)=>r.posix.join(await l.state(),"services",`${null===t.slot?i:`${i}-${t.slot}`}.${e}`),u=t["stop-within"]??1e4,w=async t=>{let e=await l.shell(d,{env:{RR_FILE:await c(t,"process"),RR_TENTHS:String(Math.ceil(u/100))},timeoutMs:u+3e4});if(0!==e.code)throw new s.rk(`service ${i} on host ${l.name} could not be stopped: ${(0,o.w$)(e)||"no answer"} is still there after KILL`,{hint:`see what it waits for: ps -o pid,stat,wchan,args -g ${e.stdout.trim()}`})};return{stop:async t=>{await w(t),void 0!==t.port&&await (0,n.K)(l,t.port,`service ${i}`)},status:async t=>{let e=await l.shell($,{env:{RR_FILE:await c(t,"process")},timeoutMs:2e4}),[r,n="",a="",d=""]=e.stdout.trim().split(" ");if("running"!==r&&"gone"!==r)throw new s.rk(`service ${i}: host ${l.name} could not tell whether it runs: ${(0,o.w$)(e)}`);let p="running"===r,u=p&&""!==d?Number(a)*Number(d):void 0;return{running:p,pid:p?Number(n):void 0,restarts:void 0,memoryBytes:u}},logs:async t=>[await c(t,"log")],async start(t,{directory:o,env:$}){await w(t),void 0!==t.port&&await (0,n.K)(l,t.port,`service ${i}`);let d=await c(t,"process"),u=await l.daemon({program:["/bin/sh","-c",a,"sh",d,...p(t,$,e)],directory:o,env:$,log:await c(t,"log"),pidFile:await c(t,"pid")});if(0!==(await l.shell('i=0; while [ ! -s "$RR_FILE" ] && [ "$i" -lt 100 ]; do sleep 0.05; i=$((i + 1)); done; [ -s "$RR_FILE" ]\n',{env:{RR_FILE:d},timeoutMs:2e4})).code)throw new s.rk(`service ${i} on host ${l.name} (pid ${u}) could not write who it is to ${d}, so it was not started`,{hint:`is there space, and may this user write there? df -h ${r.posix.dirname(d)}`})}}}(t,i.start,e)}})};