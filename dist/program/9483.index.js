export const id=9483;export const ids=[9483,1003];export const modules={1259:((e,n,t)=>{t.d(n,{K4:()=>$,tm:()=>u,r4:()=>m,KE:()=>h,yp:()=>l,CI:()=>c,Du:()=>d,pI:()=>f});var o=t(18415),a=t(19158),i=t(55663),r=t(38308);let s=`
umask 077; LC_ALL=C; export LC_ALL
now="$RR_FOLDER/$RR_NOW"; before="$RR_FOLDER/before"; steady="$RR_FOLDER/steady"
rm -rf "$now"; mkdir -p "$now" || exit 73
if [ "$RR_NOW" = before ]; then
  [ -s "$RR_FOLDER/key" ] || od -An -N32 -tx1 /dev/urandom | tr -d ' \\n' >"$RR_FOLDER/key" || exit 73
  # As many releases as are looked at. Their names begin with the time.
  ls "$\{RR_FOLDER%/*}" | sort -r | tail -n +31 | while read -r old; do rm -rf "$\{RR_FOLDER%/*}/$old"; done
fi
tab=$(printf '\\t')
repository() { GIT_OPTIONAL_LOCKS=0 git -c core.quotePath=false -c core.fsmonitor=false "$@" 2>/dev/null; }
sum() { sha256sum | cut -d ' ' -f 1; }

tree() { # the files below a folder that are neither made by runs nor configuration; what to skip follows
  from=$1; shift
  find "$from" "$@" \\( -type d \\( -name .git -o -name .hg -o -name .svn -o -name node_modules -o -name .venv -o -name venv \\
    -o -name __pycache__ -o -name '.*_cache' -o -name .cache -o -name .tox -o -name .nyc_output -o -name .pm2 \\
    -o -name .release-runbook -o -name logs -o -name log -o -name tmp -o -name temp \\) -prune \\) -o \\
    \\( -type f -o -type l \\) ! -name '*.pyc' ! -name '*.pyo' ! -name '*.log' ! -name '*.log.*' ! -name '*.pid' ! -name '*.sock' \\
    ! -name '*.swp' ! -name '*.tmp' ! -name '*.partial' ! -name nohup.out ! -name .DS_Store ! -name '*.db' ! -name '*.db-*' \\
    ! -name '*.sqlite' ! -name '*.sqlite-*' ! -name '*.sqlite3' ! -name '*.sqlite3-*' ! -name '*
*' -print 2>/dev/null | sed 's|/\\./|/|g'
}
paths() { # what the runbook names, whatever its name is
  while read -r path; do
    if [ -d "$path" ] && [ ! -L "$path" ]; then tree "./$path/." "$@"
    elif [ -e "$path" ] || [ -L "$path" ]; then printf './%s\\n' "$path"; fi
  done <"$now/$id.paths"
}
environment() { grep -E '(^|/)\\.env[^/]*$'; }
code() { grep -vE '(^|/)\\.env[^/]*$'; }

lines() { # of the names on standard input
  while read -r name; do
    if [ -L "$name" ]; then printf '%s\\n' "$name" >&5
    elif [ -f "$name" ] && [ -r "$name" ]; then printf '%s\\n' "$name" >&4
    else printf 'x - %s\\n' "$name"; fi
  done 4>"$now/files" 5>"$now/links"
  tr '\\n' '\\0' <"$now/files" | xargs -0 -r stat -c 'm %a %n' 2>/dev/null
  tr '\\n' '\\0' <"$now/files" | xargs -0 -r sha256sum 2>/dev/null | sed -E 's/^(.?[0-9a-f]{64})  /f \\1 /'
  while read -r name; do printf 'l %s %s\\n' "$(readlink "$name" | sum)" "$name"; done <"$now/links"
}
bounded() { # the names in a file: few and small enough to be read as a whole
  [ "$(wc -l <"$1")" -le "$RR_MOST" ] || return 1
  all=0
  tr '\\n' '\\0' <"$1" | xargs -0 -r stat -c %s 2>/dev/null >"$now/sizes"
  while read -r size; do all=$((all + size)); done <"$now/sizes"
  [ "$all" -le "$RR_BYTES" ]
}

names() { # kind, then two measurements: names of which something differs
  comm -3 "$2/$id.$1" "$3/$id.$1" | sed "s/^$tab//; s/^[a-z] [^ ]* //; s|^\\./||" | sort -u
}
differs() { # kind: names of which something differs from before, but for those that changed while nothing was deployed
  [ -f "$before/$id.$1" ] || { printf 'lost\\t%s\\n' "$1"; return; }
  names "$1" "$before" "$now" >"$now/differs"
  if [ "$RR_NOW" = after ] && [ "$1" = code ] && [ -f "$steady/$id.code" ]; then
    names code "$before" "$steady" >"$now/moving"
    comm -23 "$now/differs" "$now/moving" >"$now/rest" && mv "$now/rest" "$now/differs"
  fi
  printf 'changed\\t%s\\t%s\\n' "$1" "$(($(wc -l <"$now/differs")))"
  head -n 10 "$now/differs" | while read -r name; do printf 'name\\t%s\\t%s\\n' "$1" "$name"; done
}

measure() ( # what to skip
  printf 'place\\t%s\\n' "$id"
  : >"$now/$id.names"; : >"$now/$id.env"
  if ! cd "$directory" 2>/dev/null; then printf 'absent\\n'
  else
    commit=
    case $how in
      all)
        if command -v git >/dev/null 2>&1 && [ -n "$(repository ls-files | head -n 1)" ]; then commit=$(repository rev-parse --verify -q HEAD); fi
        tree . "$@" >"$now/tree"
        if [ -n "$commit" ]; then
          printf 'commit\\t%s\\n' "$commit"
          repository diff --no-ext-diff --no-renames --name-only --relative HEAD -- . | sed 's|^|./|' | code >"$now/$id.names"
        else code <"$now/tree" >"$now/$id.names"; fi
        environment <"$now/tree" >"$now/$id.env" ;;
      paths)
        paths "$@" >"$now/tree"
        code <"$now/tree" >"$now/$id.names"
        environment <"$now/tree" >"$now/$id.env" ;;
    esac
    if [ "$how" != named ]; then for name in ./.env*; do [ ! -f "$name" ] || printf '%s\\n' "$name"; done >>"$now/$id.env"; fi
    if ! bounded "$now/$id.names"; then printf 'unbounded\\t%s\\n' "$(($(wc -l <"$now/$id.names")))"
    elif [ "$how" = all ] || [ "$how" = paths ]; then
      lines <"$now/$id.names" | sort -u >"$now/$id.code" || exit 73
      printf 'code\\t%s\\t%s\\n' "$(sum <"$now/$id.code")" "$(($(wc -l <"$now/$id.names")))"
      [ "$RR_NOW" = before ] || differs code
    fi
  fi
  if [ -s "$RR_FOLDER/key" ]; then
    [ ! -f "$now/$id.config" ] || cat "$now/$id.config" >>"$now/$id.env"
    sort -u "$now/$id.env" | while read -r name; do
      shown=$\{name#./}
      printf 'file\\t%s\\n' "$shown" >&3
      if [ -f "$name" ] && [ -r "$name" ]; then
        printf 'f %s %s\\n' "$({ cat "$RR_FOLDER/key" "$name"; stat -L -c %a "$name"; } 2>/dev/null | sum)" "$shown"
      else printf 'x - %s\\n' "$shown"; fi
    done 3>"$now/told" | sort -u >"$now/$id.configuration" || exit 73
    cat "$now/told"
    printf 'configuration\\t%s\\n' "$({ cat "$RR_FOLDER/key" "$now/$id.configuration"; } | sum)"
    [ "$RR_NOW" = before ] || differs configuration
  else printf 'lost\\tconfiguration\\n'; fi
  exit 0
)

cat >"$now/asked"
set --
while IFS="$tab" read -r word value; do
  case $word in
    place) id=$value; directory=; how=all; set -- ;;
    in) directory=$value ;;
    how) how=$value ;;
    skip) set -- "$@" -path "$value" -prune -o ;;
    path) printf '%s\\n' "$value" >>"$now/$id.paths" ;;
    config) printf '%s\\n' "$value" >>"$now/$id.config" ;;
    end) measure "$@" </dev/null || exit 73 ;;
  esac
done <"$now/asked"
rm -f "$now/asked" "$now/tree" "$now/files" "$now/links" "$now/sizes" "$now/differs" "$now/moving" "$now/told" "$now"/*.names "$now"/*.env "$now"/*.paths "$now"/*.config
# On a full disk a list may have been cut.
echo whole >"$now/whole" && [ -s "$now/whole" ] || exit 73
`;async function l(e,n,o){return t(76760).posix.join(await e.hosts.get(n).state(),"fingerprints",o)}async function d(e,n,t,a){let r=[...new Set(t.map(({host:e})=>e))];return(await Promise.all(r.map(async r=>{var d,c;let f=t.filter(({host:e})=>e===r),h=e.hosts.get(r),u=await h.shell(s,{env:{RR_FOLDER:await l(e,r,n),RR_NOW:a,RR_MOST:String(2e4),RR_BYTES:String(0x80000000)},input:f.flatMap(({id:e,directory:n,how:t,skip:o,paths:a,config:i})=>[["place",e],["in",n],["how",t],...o.map(e=>["skip",e]),...a.map(e=>["path",e]),...i.map(e=>["config",e]),["end",""]]).map(e=>`${e.join("	")}
`).join(""),timeoutMs:18e4,whole:!0});if(73===u.code)throw new o.dh("no-space",`host ${r}: no space left for the fingerprints of code and configuration`,{hint:`free some space in ~/.release-runbook on ${r}`});if(0!==u.code)throw new i.rk(`host ${r}: code and configuration could not be read${u.timedOut?" in time":`: ${u.stderr.trim().split("\n").at(-1)}`}`,{hint:"name the paths that count as code with `fingerprint:`"});return d=u.stdout,c=f,d.split(/^place\t/m).slice(1).map(e=>{let[n="",...t]=e.split("\n"),o=c.find(e=>e.id===n),a=t.map(e=>e.split("	")),i=e=>a.find(([n])=>n===e),r=(e,n)=>a.filter(([t,o])=>t===e&&o===n).map(e=>e.slice(2).join("	")),[,s,l]=i("code")??[],d=i("commit")?.[1],f=i("unbounded")?.[1],h="top"===o.how||"named"===o.how?null:void 0!==i("absent")?{kind:"absent"}:void 0===s?{kind:"unbounded",files:Number(f)}:void 0===d?{kind:"files",hash:s,files:Number(l)}:{kind:"git",commit:d,hash:s,files:Number(l)},u=e=>{let[n]=r("changed",e);return void 0===n?void 0:{count:Number(n),names:r("name",e)}};return{id:n,host:o.host,directory:o.directory,name:o.name,code:h,configuration:{files:a.filter(([e])=>"file"===e).map(([,e=""])=>e),hash:i("configuration")?.[1]??null},changed:{code:u("code"),configuration:u("configuration")}}})}))).flat()}async function c(e,n){let t=n.state(),s=t.items.some(({intends:e})=>null!==e.undo);if(null===t.opened.previous||s||void 0!==u(t))return;let l=await (0,r.e)(e,t.opened.tracks);0!==l.length&&await n.write(await async function(e,n,t){try{let o=(await d(e,n,t,"before")).map(({changed:e,...n})=>n);for(let{name:n,code:t}of o)t?.kind==="unbounded"&&e.platform.annotate("warning",`${n} holds more than is compared after a rollback (${(0,a.h)(t.files,"file")}): name the paths that count as its code with \`fingerprint:\``);return{event:"noted",step:"release",text:`before: ${o.map(e=>`${e.name} ${m(e)}`).join("; ")}`,data:{fingerprints:o}}}catch(n){if(!(n instanceof i.rk)||n instanceof o.dh||n instanceof o.P_)throw n;return e.platform.annotate("warning",`${n.message}; after a rollback they could not be compared`),{event:"noted",step:"release",text:n.message,data:{fingerprints:[]}}}}(e,n.release,l))}async function f(e,n){let t=n.state(),a=u(t),s=t.items.some(({intends:e})=>"deploy"===e.step);if(void 0!==a&&0!==a.length&&!s)try{let o=await (0,r.e)(e,t.opened.tracks),a=(await d(e,n.release,o,"steady")).flatMap(({name:e,changed:n})=>void 0===n.code||0===n.code.count?[]:[`${e}: ${h(n.code)}`]);if(0===a.length)return;let i=`files change while nothing is deployed, and are not compared after a rollback: ${a.join("; ")}`;e.platform.annotate("warning",`${i}; \`fingerprint:\` can name the paths that count as code`),await n.write({event:"noted",step:"deploy",text:i})}catch(n){if(!(n instanceof i.rk)||n instanceof o.dh||n instanceof o.P_)throw n;e.platform.log(n.message)}}function h({count:e,names:n}){return`${n.join(", ")}${e>n.length?`, and ${e-n.length} more`:""}`}function u(e){let n=e.events.find(e=>"noted"===e.event&&Array.isArray(e.data?.fingerprints));return n?.event==="noted"?n.data?.fingerprints:void 0}function m({code:e,configuration:n}){let t=0===n.files.length?[]:[n.files.join(", ")];return[...null===e?[]:[$(e)],...t].join(" and ")||"nothing"}function $(e){if("absent"===e.kind)return"not there";if("unbounded"===e.kind)return`${(0,a.h)(e.files,"file")}, too many to compare`;if("files"===e.kind)return(0,a.h)(e.files,"file");let n=0===e.files?"":` with ${(0,a.h)(e.files,"changed file")}`;return`commit ${e.commit.slice(0,8)}${n}`}}),38308:((e,n,t)=>{t.d(n,{e:()=>i});var o=()=>t(76760),a=t(12532);async function i(e,n){let t=await async function(e,n){let t=new Map,i=(e,n,{name:o,item:a,stable:i,paths:r})=>{let s=`${e}
${n}`,l=t.get(s)??{host:e,directory:n,names:[],stable:i,items:[],paths:void 0};l.names.push(o),void 0===i&&(l.stable=void 0),void 0!==a&&l.items.push(a),void 0!==r&&(l.paths=[...l.paths??[],...r]),t.set(s,l)};for(let t of e.runbook.deploy){let r=e.services["restart"in t?t.restart:t.service??""],s="restart"in t?`restart:${t.restart}`:`deploy:${t.name}`;if(void 0===r){let n="restart"in t?void 0:t.on??e.hosts.names()[0],o=void 0===n?void 0:e.runbook.hosts[n];if(void 0===n||o?.directory===void 0&&o?.fingerprint===void 0)continue;i(n,await e.hosts.get(n).directory(),{name:`host ${n}`,item:s,paths:o.fingerprint});continue}let{spec:l}=r,d=async e=>o().posix.resolve(await r.host.directory(),r.place(e).directory),c=l.fingerprint;if(void 0===l.slots){if(void 0===l.directory&&void 0===r.host.spec.directory&&void 0===c)continue;i(r.host.name,await d(null),{name:r.name,item:s,paths:c});continue}let[f,h]=[(0,a.SW)(e,r.name,n,"stable"),(0,a.SW)(e,r.name,n,"canary")],u=await d(f);i(r.host.name,u,{name:`${r.name} (${f})`,paths:c}),i(r.host.name,await d(h),{name:`${r.name} (${h})`,item:s,stable:u,paths:c})}return[...t.values()]}(e,n),i=[...new Set(t.map(({host:e})=>e))],r=await Promise.all(i.map(n=>(async function(e,n,t){let a=await e.hosts.get(n).directory(),i=[...e.runbook.preflight,...e.runbook.smoke].flatMap(e=>"env"in e&&e.env.on===n?[o().posix.resolve(a,e.env.file)]:[]).filter(e=>!(o().posix.basename(e).startsWith(".env")&&[a,...t.filter(e=>e.host===n).map(e=>e.directory)].includes(o().posix.dirname(e)))),r=e.runbook.hosts[n]?.directory!==void 0,s=t.some(e=>e.host===n&&e.directory===a);if(0!==i.length||r&&!s)return{host:n,directory:a,name:`host ${n}`,stable:void 0,items:[],how:r&&!s?"top":"named",skip:[],paths:[],config:[...new Set(i)]}})(e,n,t)));return[...await Promise.all(t.map(async n=>{let{host:a,directory:i,names:r,stable:s,items:l,paths:d}=n;return{host:a,directory:i,name:[...new Set(r)].join(", "),stable:s,items:l,how:void 0===d?"all":"paths",skip:await async function(e,n,t){let a=e.hosts.get(n.host),i=await a.directory(),r=[],s=(e,...t)=>{let a=o().posix.relative(n.directory,o().posix.resolve(i,e));if(!(""===a||a.startsWith("..")))for(let e of["",...t])r.push(`./${a.replaceAll(/[\\*?[]/g,"\\$&")}${e}`)};for(let{host:e,directory:o}of t)e===n.host&&s(o);for(let[t,a]of Object.entries(e.runbook.services))if(a.on===n.host)for(let{directory:n}of e.services[t]?.places()??[]){let e=o().posix.resolve(i,n);for(let n of(s(e),a.log??[]))s(o().posix.resolve(e,n),".*","-*")}for(let t of Object.values(e.runbook.databases))t.on===n.host&&"path"in t&&s(t.path,"-*",".*");return void 0!==e.runbook.backup.directory&&s(e.runbook.backup.directory),s(o().posix.dirname(o().posix.dirname(await a.state()))),[...new Set(r)]}(e,n,t),paths:[...new Set(d)],config:[]}})),...r.filter(e=>void 0!==e)].map((e,n)=>({...e,id:String(n)}))}}),99483:((e,n,t)=>{t.d(n,{J:()=>b,e:()=>k});var o=t(18415),a=t(55663),i=t(10630),r=t(52559),s=t(1259),l=t(56025),d=t(66142),c=t(36548),f=t(22838),h=t(44785),u=t(60579),m=t(21070),$=t(75664),w=t(61003);async function p(e,n){await e.write({event:"noted",step:"release",text:`lock taken over: ${n.text}`,data:{epoch:e.epoch,by:n.by}})}function v(e){let{text:n,next:t}=(0,$.Y0)(e);return new h.Outcome("refuse","locked",`${n}; nothing was changed`,{next:t})}var g=t(98332);async function k(e,n,t){let k;try{k=await async function(e){let n=await (0,c.Qo)(e),t=function(e,n){let t=n.releases.findLast(n=>void 0===e.release?null!==e.run&&n.opened.run?.id===e.run.id:n.release===e.release);if(void 0===t&&void 0!==e.release)throw new h.Outcome("refuse","no-such-release",`there is no release ${e.release} in this environment; nothing was changed`,{next:"runbook status"});return t}(e,n);if(void 0!==t&&"rolled-back"!==t.status&&!("closed"===t.status&&!(0,c.EZ)(t))){if("serving"===t.status||"superseded"===t.status||"closed"===t.status)return{finished:t,environment:n};if((0,d.G)(t))throw v(t);if(t.events.some(({event:e})=>"undoing"===e))throw new h.Outcome("refuse","locked",`release ${t.release} is being rolled back; nothing was changed`,{next:"runbook rollback"});await async function(e,n){if(void 0!==e.root||await (0,$.cV)(e,n))return;let{text:t,next:o}=(0,$.cW)(n);throw new h.Outcome("refuse","plan-changed",t,{next:o})}(e,t);let{lease:o,proof:a}=await (0,f.takeLock)(e,n.lock);e.hosts.fence({release:t.release,epoch:o.epoch});let i=(0,l.D)(t,{store:e.store,lease:o,hosts:e.hosts,redact:e.redact,signal:e.platform.signal});return void 0!==a&&await p(i,a),(void 0!==a||t.items.some(({state:e})=>"announced"===e))&&await (0,m.G)(e,i),"held"===t.status&&await i.write({event:"noted",step:"release",text:"the held release goes on",data:{resumed:!0}}),{recorder:i,environment:n,previous:n.current,lease:o}}return await async function(e,n){var t,o;let a,{current:i}=n,r=n.open??i;if(void 0!==r&&(0,d.G)(r))throw v(r);if(void 0!==n.open)throw new h.Outcome("refuse","locked",`release ${n.open.release} (${n.open.opened.version}) is under way (${n.open.status}); nothing was changed`,{next:"wait for it, or bring it back: runbook rollback"});let s=i?.opened.version??e.runbook.previous??null;if(null===s&&!0!==e.first)throw new h.Outcome("refuse","no-previous-version",`no earlier release of ${e.runbook.system} is recorded for ${e.runbook.environment}, so there is nothing to come back to; nothing was changed`,{next:"name the version that runs now in the runbook (`previous: v1.0.0`), or pass --first (input `first: true`) for a system that was never released"});let{digest:$,commit:g}=await (0,u.G)(e,s);if(void 0!==i&&i.opened.version===e.version&&i.opened.commit===g)throw new h.Outcome("proceed","already-done",`${e.version} serves already (release ${i.release}); nothing was changed`);if(void 0!==e.approved&&""!==e.approved&&e.approved!==$)throw new h.Outcome("refuse","plan-changed",`the plan is not the one that was approved (${e.approved.slice(0,12)} then, ${$.slice(0,12)} now); nothing was changed`,{next:"run all jobs again: the plan is made anew, and approved anew"});let{lease:k,proof:b}=await (0,f.takeLock)(e,n.lock),y=await (0,c.Qo)(e);if(y.releases.at(-1)?.next!==n.releases.at(-1)?.next||y.releases.length!==n.releases.length)throw await e.store.release(k.nonce),new h.Outcome("refuse","locked","another release was written to this environment at the same time; nothing was changed",{next:"runbook status, then run this again"});let x=(t=function({releases:e},n){let t=e.at(-1)?.release.match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/);if(null==t)return n;let[o=0,a=1,i=1,r=0,s=0,l=0]=t.slice(1).map(Number);return new Date(Math.max(n.getTime(),Date.UTC(o,a-1,i,r,s,l+1)))}(n,e.clock.now()),o=e.version,a=t.toISOString().replaceAll(/[-:]|\.\d+/g,""),`${a}-${o.replaceAll(/[^A-Za-z0-9_.+-]/g,"_").slice(0,100)}`);e.hosts.fence({release:x,epoch:k.epoch});try{let t=await (0,l.e)(x,{event:"opened",step:"release",release:x,system:e.runbook.system,environment:e.runbook.environment,version:e.version,previous:s,tracks:(0,c.ZF)(e,i),runbook:e.runbook.resolved,commit:g,digest:$,tool:w.TOOL,run:e.run},{store:e.store,lease:k,hosts:e.hosts,redact:e.redact,signal:e.platform.signal});return void 0!==b&&(await p(t,b),await (0,m.G)(e,t)),{recorder:t,environment:n,previous:i,lease:k}}catch(n){throw await e.store.release(k.nonce).catch(()=>{}),n}}(e,n)}(e)}catch(n){return b(e,n)}if("finished"in k){let{finished:n,environment:t}=k,o=t.lock.holder;return void 0!==o&&null!==e.run&&o.run===e.run.id&&await e.store.release(o.nonce),(0,h.result)("proceed","already-done",`${n.opened.version} already serves (release ${n.release})`,{release:n.release,wayBack:(0,g.m3)(e,n)})}let{recorder:y}=k;try{await (0,s.CI)(e,y);let o=await t(k),a=y.state(),i=(0,g.m3)(e,a);return void 0!==o.hold&&await y.write({event:"held",step:n,why:o.text,until:o.hold.until.toISOString()}),await e.platform.publish(y.state(),{wayBack:i}),void 0===o.hold?(0,h.result)("proceed","done",o.text,{release:y.release,wayBack:i,details:o.details??{}}):(0,h.result)("hold",o.hold.reason,o.text,{release:y.release,wayBack:i,next:o.hold.next,details:o.details??{}})}catch(t){var x;return await async function(e,n,t,s){var l,d,c,f;let u,{recorder:m,lease:$}=t;if(s instanceof o.P_)return(0,h.result)("refuse","locked",s.message,{release:m.release,next:s.hint});if(!(s instanceof h.Outcome)&&!(s instanceof a.rk)&&!(s instanceof i.Cancelled))throw s;let w=e.redact(s.message),p=m.state(),v=p.items.some(e=>null!==e.intends.undo&&"undone"!==e.state),k=s instanceof i.Cancelled?"cancelled":s instanceof h.Outcome?s.reason:s instanceof o.dh?s.lack:"step-failed",b=v?"roll-back":"refuse",y=await async function(e){try{await e();return}catch(e){return e instanceof Error?e.message:String(e)}}(async()=>{await m.write({event:"judged",step:n,item:n,verdict:"fail",text:w,decision:b,reason:k}),"refuse"===b&&(await m.write({event:"closed",step:n,text:`refused before anything was changed: ${w}`}),await e.store.release($.nonce))}),x=(0,g.m3)(e,m.state());await e.platform.publish(m.state(),{wayBack:x});let R=s instanceof a.rk?s.hint:s instanceof h.Outcome?s.next:void 0;return(0,h.result)(b,(l=b,d=k,r.e[l].find(e=>e===d)??("refuse"===l?"not-ready":"step-failed")),void 0===y||w.includes(y)?w:`${w}; and ${y}`,{release:m.release,wayBack:x,next:"roll-back"===b?(c=p,f=R,u=c.items.filter(e=>null!==e.intends.undo&&"undone"!==e.state).map(({item:e})=>e),`changed so far: ${u.join(", ")}; go back with: runbook rollback --release ${c.release}${void 0===f?"":` (${f})`}`):`nothing was changed${void 0===R?"":`; ${R}`}${void 0===y?"":`; then free this environment: runbook rollback --release ${m.release}`}`,details:s instanceof h.Outcome?s.details:{}})}(e,n,k,e.platform.signal.aborted&&(x=t)instanceof Error&&"AbortError"===x.name?new i.Cancelled:t)}}function b(e,n){if(n instanceof h.Outcome)return(0,h.result)(n.decision,n.reason,e.redact(n.message),{next:n.next,details:n.details});if(n instanceof a.rk){let t=n instanceof o.dh?n.lack:n instanceof o.P_?"locked":"invalid-input";return(0,h.result)("refuse",t,e.redact(n.message),{next:n.hint})}if(n instanceof i.Cancelled)return(0,h.result)("refuse","invalid-input","cancelled before anything was changed");throw n}}),61003:((e,n,t)=>{t.d(n,{TOOL:()=>o});let o="release-runbook 0.1.0"})};