export const id=5955;export const ids=[5955];export const modules={61596:((t,e,i)=>{function r(t,e,i={}){return t.exec("string"==typeof e?["bash","-eo","pipefail","-c",e]:e,i)}function o(t,e=5){return("output"in t?t.output:""===t.stderr.trim()?t.stdout:t.stderr).trim().split("\n").slice(-e).join(" | ")}i.d(e,{l9:()=>r,w$:()=>o})}),55955:((t,e,i)=>{i.r(e),i.d(e,{commandManager:()=>l});var r=i(25210),o=i(61596),s=i(55663),a=i(4503);let n=`${r.AM}
file=$1; shift
rr_look "$$"
# A process of which nobody knows could be stopped by nobody.
echo "$$ $rr_start $rr_boot" >"$file.partial" && mv "$file.partial" "$file" || { rm -f "$file.partial"; exit 1; }
exec "$@"
`,d=`${r.UP}
pid=; start=; boot=
[ ! -s "$RR_FILE" ] || read -r pid start boot <"$RR_FILE"
`,$=`${d}
rr_leads "$pid" "$start" "$boot" || { echo gone; exit 0; }
pages=; [ ! -r "/proc/$pid/statm" ] || read -r all pages rest <"/proc/$pid/statm"
echo "running $pid $\{pages:-} $(getconf PAGESIZE 2>/dev/null || echo 4096)"
`,c=`${d}
if rr_alive "$pid" "$start" "$boot"; then
  rr_stop "$pid" "$RR_TENTHS"
  if rr_group "$pid"; then echo "$pid"; exit 1; fi
fi
rm -f "$RR_FILE"
`;function l(t,e){let{command:r}=t;return"stop"in r?function(t,e,{name:i,host:r,argumentsOf:a}){let n=t=>({...void 0===t.port?{}:{PORT:String(t.port)},...null===t.slot?{}:{SLOT:t.slot}}),d=t["stop-within"]??1e4,$=async t=>{let a=await (0,o.l9)(r,e.status,{directory:t.directory,env:n(t),timeoutMs:3e4});if(a.timedOut)throw new s.rk(`service ${i}: its \`status\` gave no answer within 30 s on host ${r.name}`);return{running:0===a.code,pid:void 0,restarts:void 0,memoryBytes:void 0}},c=async t=>{let a=await (0,o.l9)(r,e.stop,{directory:t.directory,env:n(t),timeoutMs:d+6e4}),c=performance.now()+d;for(;;){if(!(await $(t)).running)return;if(performance.now()>c)break;await new Promise(t=>setTimeout(t,200))}throw new s.rk(`service ${i} on host ${r.name}: its \`stop\` ended with ${a.code}, and its \`status\` says that it still runs
${(0,o.w$)(a)}`)};return{status:$,stop:c,logs:async()=>[],traces:async()=>[],async start(t,{directory:n,env:d}){(await $(t)).running&&await c(t);let l="string"==typeof e.start?e.start:a(t,d,e.start),p=await (0,o.l9)(r,"string"==typeof l?l:[...l],{directory:n,env:d,timeoutMs:3e5});if(0!==p.code)throw new s.rk(`service ${i} on host ${r.name}: its \`start\` ended with ${p.timedOut?"no answer":p.code}
${(0,o.w$)(p)}`)}}}(t,r,e):function(t,e,{name:r,host:d,argumentsOf:l}){let p=async(t,e)=>i(76760).posix.join(await d.state(),"services",`${null===t.slot?r:`${r}-${t.slot}`}.${e}`),w=t["stop-within"]??1e4,u=async t=>{let e=await d.shell(c,{env:{RR_FILE:await p(t,"process"),RR_TENTHS:String(Math.ceil(w/100))},timeoutMs:w+3e4});if(0!==e.code)throw new s.rk(`service ${r} on host ${d.name} could not be stopped: ${(0,o.w$)(e)||"no answer"} is still there after KILL`,{hint:`see what it waits for: ps -o pid,stat,wchan,args -g ${e.stdout.trim()}`})};return{stop:async t=>{await u(t),void 0!==t.port&&await (0,a.K)(d,t.port,`service ${r}`)},status:async t=>{let e=await d.shell($,{env:{RR_FILE:await p(t,"process")},timeoutMs:2e4}),[i,a="",n="",c=""]=e.stdout.trim().split(" ");if("running"!==i&&"gone"!==i)throw new s.rk(`service ${r}: host ${d.name} could not tell whether it runs: ${(0,o.w$)(e)}`);let l="running"===i,w=l&&""!==c?Number(n)*Number(c):void 0;return{running:l,pid:l?Number(a):void 0,restarts:void 0,memoryBytes:w}},logs:async t=>[await p(t,"log")],traces:async t=>[await p(t,"log"),await p(t,"pid")],async start(t,{directory:o,env:$}){await u(t),void 0!==t.port&&await (0,a.K)(d,t.port,`service ${r}`);let c=await p(t,"process"),w=await d.daemon({program:["/bin/sh","-c",n,"sh",c,...l(t,$,e)],directory:o,env:$,log:await p(t,"log"),pidFile:await p(t,"pid")});if(0!==(await d.shell('i=0; while [ ! -s "$RR_FILE" ] && [ "$i" -lt 500 ]; do sleep 0.01; i=$((i + 1)); done; [ -s "$RR_FILE" ]\n',{env:{RR_FILE:c},timeoutMs:2e4,unfenced:!0})).code)throw new s.rk(`service ${r} on host ${d.name} (pid ${w}) could not write who it is to ${c}, so it was not started`,{hint:`is there space, and may this user write there? df -h ${i(76760).posix.dirname(c)}`})}}}(t,r.start,e)}})};