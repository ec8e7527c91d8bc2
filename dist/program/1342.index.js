export const id=1342;export const ids=[1342];export const modules={21342:((e,t,r)=>{r.r(t),r.d(t,{applied:()=>E,apply:()=>u,outsideTransactions:()=>R});var s=r(55663),n=r(17221),i=r(92315),o=r(41231),a=r(22150);let l=`SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = '_release_runbook_migrations' AND c.relkind = 'r' AND n.nspname !~ '^pg_' ORDER BY n.nspname <> current_schema() LIMIT 1`;async function E(e,t){let r=`BEGIN READ ONLY;
SELECT format('SELECT json_build_object(''name'', name, ''sha256'', sha256) FROM %s', found) FROM (${l}) t(found) \\gexec
COMMIT;`;return Object.fromEntries((0,a.i7)(await (0,a.ll)(e,t,"what was applied to it cannot be read",r,{admin:!1})).map(({name:e,sha256:t})=>[e,t]))}function R(e){let[t="",r="",s=""]=e;return/^(BEGIN|COMMIT|ROLLBACK|END|ABORT)$/.test(t)&&!("ROLLBACK"===t&&e.includes("TO"))?t:"START"===t&&"TRANSACTION"===r?"START TRANSACTION":"VACUUM"===t||"CLUSTER"===t&&1===e.length?t:e.includes("CONCURRENTLY")&&/^(CREATE|DROP|REINDEX|ALTER)$/.test(t)?`${t} \u{2026} CONCURRENTLY`:"REINDEX"===t&&("DATABASE"===r||"SYSTEM"===r||"SCHEMA"===r)?`REINDEX ${r}`:/^(CREATE|DROP)$/.test(t)&&/^(DATABASE|TABLESPACE|SUBSCRIPTION)$/.test(r)?`${t} ${r}`:"ALTER"===t&&"SYSTEM"===r?"ALTER SYSTEM":"ALTER"===t&&"DATABASE"===r&&e.includes("TABLESPACE")?"ALTER DATABASE \u2026 SET TABLESPACE":"ALTER"===t&&"TYPE"===r&&e.includes("ADD")&&e.includes("VALUE")?"ALTER TYPE \u2026 ADD VALUE":"CALL"===t||"DISCARD"===t&&""===s&&"ALL"===r?t:void 0}let c=`
RR_TEMP=$(mktemp -d) || exit 1
trap 'rm -rf "$RR_TEMP"' EXIT
cat >"$RR_TEMP/file.sql"
cat >"$RR_TEMP/before.sql" <<'RR_SQL'
SET client_min_messages = warning;
${(0,a.sF)("wait","RR_LOCK_MS")}
SET lock_timeout = :'wait';
SELECT format('CREATE TABLE %I._release_runbook_migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  coalesce(current_schema(), 'public')) WHERE NOT EXISTS (${l}) \\gexec
RESET client_min_messages;
RR_SQL
cat >"$RR_TEMP/after.sql" <<'RR_SQL'
${(0,a.sF)("name","RR_NAME")}
${(0,a.sF)("sha256","RR_SHA256")}
RESET ROLE;
SELECT format('INSERT INTO %s (name, sha256) VALUES (%L, %L)', found, :'name', :'sha256') FROM (${l}) t(found) \\gexec
RR_SQL
"$rr_psql" -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=verbose $\{RR_ONE:+-1} -f "$RR_TEMP/before.sql" -f "$RR_TEMP/file.sql" -f "$RR_TEMP/after.sql" >/dev/null
`;async function u(e,t,r){var l,E,u,d;let p,T,m=(l=r.sql,T=e=>l.slice(0,e).split("\n").length,(0,n.I)((0,i.q)(l,"postgres").tokens,"postgres").map(({tokens:e})=>({words:e.filter(({kind:e})=>"word"===e).map(({value:e})=>e),first:T(e[0]?.start??0),last:T(e.at(-1)?.end??0)}))),_=m.map(({words:e})=>R(e)).find(e=>void 0!==e),S=await (0,a.vf)(e,t,c,{input:r.sql,admin:!1,timeoutMs:12*a.iQ,env:{RR_NAME:r.name,RR_SHA256:r.sha256,...void 0===_?{RR_ONE:"1"}:{}}});if(0===S.code)return;let A=void 0===_?`${r.name} was rolled back as a whole`:`${r.name} cannot be one transaction (${_}), so that its statements before this one stay applied`,f=(0,o.u)(S.stderr);if(void 0===f.line||!/file\.sql:\d+: /.test(S.stderr))throw(0,o.Y)(e,t,`${r.name} could not be applied; ${A}`,S);let{hint:L}=(0,o.Y)(e,t,"",S);throw new s.rk(`${f.words}; ${A}`,{at:{file:r.name,line:(E=m,u=f.line,d=f.inStatement,void 0===(p=E.find(({first:e,last:t})=>e<=u&&u<=t))?u:void 0===d?p.first:Math.min(p.first+d-1,p.last)),column:1},hint:L})}}),41231:((e,t,r)=>{r.d(t,{Y:()=>o,u:()=>i});var s=r(55663),n=r(22150);function i(e){let t=/^psql:(?:.*?):(\d+): \S+?:\s+([0-9A-Z]{5}): (.*)$/m.exec(e),r=/^LINE (\d+):/m.exec(e)?.[1],s=void 0===r?void 0:Number(r);if(null!==t)return{code:t[2],words:t[3]??"",line:Number(t[1]),inStatement:s};let n=/^(?:psql:(?:.*?):(\d+): )?\S+?:\s+([0-9A-Z]{5}): (.*)$/m.exec(e);if(null!==n)return{code:n[2],words:n[3]??"",line:void 0,inStatement:s};let i=e.split("\n").filter(e=>""!==e.trim()&&!/^rr-bytes |warning:/i.test(e));return{code:void 0,words:(i.find(e=>/^(pg_dump|pg_restore|psql|initdb|pg_ctl|vacuumdb):.*\b(error|fatal):/i.test(e))??i.find(e=>/\b(FATAL|ERROR):/.test(e))??i.at(-1)??"").replace(/^(pg_dump|pg_restore|psql|initdb|pg_ctl|vacuumdb):\s+(error|fatal):\s+/i,"").replace(/^could not execute query:\s+/,"").replace(/^(ERROR|FATAL):\s+/,"").trim(),line:void 0,inStatement:s}}function o(e,t,r,o){let l=`database ${e.name}: ${r}`,E=/^rr-missing (.*)$/m.exec(o.stderr)?.[1];if(void 0!==E)return new s.rk(`${l}: ${E} is not on host ${e.host.name}`,{hint:"install it there (Debian: apt-get install postgresql-client; RHEL: dnf install postgresql), or name its folder in `programs:`"});if(o.timedOut)return new s.rk(`${l}: no end in time`);let R=i(o.stderr),c=function(e,t,r){let{server:s}=e,i=(0,n.Cv)(s.user),o=`${s.socket??s.host} port ${s.port}`;if(/password authentication failed/.exec(t))return`the server at ${o} refuses user ${s.user} with this password: compare the secret with the application's own`;if(/no password supplied/.exec(t))return"name the secret that holds the password in `password:`, or put it into the URL";if(/Peer authentication failed|Ident authentication failed/.exec(t))return"the server trusts only the system's user of the same name on its socket: use host 127.0.0.1 and a password in the url";if(/no pg_hba\.conf entry/.exec(t))return`let user ${s.user} in from this host: a line in the server's pg_hba.conf, then SELECT pg_reload_conf()`;if(/Connection refused|No such file or directory|timeout expired|could not translate|Network is unreachable/.exec(t))return`is the server up? pg_isready -h ${s.socket??s.host} -p ${s.port}`;if(/too many (clients|connections)|remaining connection slots/.exec(t))return"all connections of the server are taken: SELECT usename, count(*) FROM pg_stat_activity GROUP BY 1";if(/server version mismatch/.exec(t))return"install the client programs of the version of the server";let l=/(?:must be member of role|must be able to SET ROLE) "(.*)"/.exec(t)?.[1];if(void 0!==l)return`let it set this owner: GRANT ${(0,n.Cv)(l)} TO ${i}`;let E=/role "(.*)" does not exist/.exec(t)?.[1];if(void 0!==E)return`the backup needs this role: CREATE ROLE ${(0,n.Cv)(E)}`;if(/permission denied to create database/.exec(t))return`ALTER ROLE ${i} CREATEDB`;let R=/permission denied to create extension "(.*)"/.exec(t)?.[1];if(void 0!==R)return`a superuser makes it once in the template: psql -d template1 -c 'CREATE EXTENSION ${(0,n.Cv)(R)}'`;let c=/must be owner of (database|table|view|sequence|schema|function) (\S+)/.exec(t);if(null!==c)return`GRANT the role that owns ${c[1]} ${c[2]} TO ${i}`;let u=/permission denied for (table|sequence|schema|database|function|view|large object) (\S+)/.exec(t);return null!==u?`GRANT ${a[u[1]??""]??"ALL"} ON ${(u[1]??"").toUpperCase().replace("VIEW","TABLE")} ${u[2]} TO ${i}`:/row-level security/.exec(t)?`row security hides rows from it: ALTER ROLE ${i} BYPASSRLS`:"55P03"===r.code||/lock timeout|could not obtain lock/.exec(t)?"see who holds the lock: SELECT pid, usename, state, xact_start, query FROM pg_stat_activity WHERE datname = current_database(); a longer wait is set by lock-timeout":/out of shared memory/.exec(t)?"raise max_locks_per_transaction of the server":void 0}(t,o.stderr,R);return new s.rk(`${l}: ${""===R.words?`exit ${o.code}`:R.words}`,{hint:c})}let a={table:"SELECT",view:"SELECT",sequence:"SELECT",schema:"USAGE",database:"CONNECT",function:"EXECUTE","large object":"SELECT"}}),22150:((e,t,r)=>{r.d(t,{Cv:()=>O,K$:()=>u,KD:()=>A,Yo:()=>m,hF:()=>l,i7:()=>f,iQ:()=>n,lX:()=>$,ll:()=>p,sF:()=>L,vf:()=>d,wE:()=>T,yy:()=>a});var s=r(41231);let n=36e5,i=`
rr_psql=
if [ -n "$\{RR_PROGRAMS:-}" ]; then rr_psql="$RR_PROGRAMS/psql"
else
  for rr_bin in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql@*/bin; do
    [ ! -x "$rr_bin/psql" ] || rr_psql="$rr_bin/psql"
  done
  [ -n "$rr_psql" ] || rr_psql=$(command -v psql || :)
fi
[ -x "$rr_psql" ] || { echo "rr-missing psql" >&2; exit 127; }
[ -z "$\{RR_ADMIN:-}" ] || [ ! -r "$\{PGHOST:-}/superuser" ] || PGUSER=$(cat "$PGHOST/superuser")
unset PGSERVICE PGSERVICEFILE PGHOSTADDR
rr_sql() { "$rr_psql" -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY="$\{RR_VERBOSITY:-verbose}" -f - "$@"; }
`,o=`
rr_first=
for rr_name in postgres template1 "$PGDATABASE"; do
  ! printf '%s\\n' "$\{RR_NOT:-}" | grep -qxF -e "$rr_name" || continue
  if rr_said=$(PGDATABASE=$rr_name rr_sql -c 'SELECT 1' 2>&1 </dev/null); then rr_first=; PGDATABASE=$rr_name; break; fi
  [ -n "$rr_first" ] || rr_first=$rr_said
done
[ -z "$rr_first" ] || { printf '%s\\n' "$rr_first" >&2; exit 2; }
`,a=`
\\set rr_wait \`printf %s "$RR_LOCK_MS"\`
SET LOCAL lock_timeout = :'rr_wait';
SET LOCAL search_path = '';
SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL row_security = off;
SET LOCAL extra_float_digits = 3;
SET LOCAL IntervalStyle = 'iso_8601';
SET LOCAL DateStyle = 'ISO, YMD';
SET LOCAL TimeZone = 'UTC';
SET LOCAL bytea_output = 'hex';
SET LOCAL quote_all_identifiers = off;
`,l=e=>`BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
${a}
${e}
COMMIT;
`;function E(e,t,r={}){var s;let n,i,{server:o,database:a}=t,l=o.socket??(""===o.host?c(o.parameters,"host"):o.host);return{...void 0===l||""===l?{}:{PGHOST:l},PGPORT:String(o.port),PGUSER:o.user,PGDATABASE:a,...void 0===o.password?{}:{PGPASSWORD:o.password},...(n=Object.fromEntries([...new URLSearchParams((s=o.parameters)??"")].flatMap(([e,t])=>{let r=R[e];return void 0===r?[]:[[r,t]]})),"true"===(i=c(s,"ssl"))||"1"===i?{PGSSLMODE:"require",...n}:n),PGCONNECT_TIMEOUT:"10",PGAPPNAME:"release-runbook",PGCLIENTENCODING:"UTF8",RR_LOCK_MS:String(e.spec["lock-timeout"]??1e4),LC_ALL:"C",...void 0===e.spec.programs?{}:{RR_PROGRAMS:e.spec.programs},...r.admin??"scratch"===o.kind?{RR_ADMIN:"1"}:{}}}let R={sslmode:"PGSSLMODE",sslrootcert:"PGSSLROOTCERT",sslcert:"PGSSLCERT",sslkey:"PGSSLKEY",sslcrl:"PGSSLCRL",channel_binding:"PGCHANNELBINDING",target_session_attrs:"PGTARGETSESSIONATTRS"};function c(e,t){return new URLSearchParams(e??"").get(t)??void 0}function u(e,t,r,s={}){return{text:`${i}rr_sql <<'RR_SQL'
${r}
RR_SQL
`,env:{...E(e,t),RR_VERBOSITY:"terse",...s}}}async function d(e,t,r,s={}){return e.host.shell(`umask 077
${i}${r}`,{env:{...E(e,t,void 0===s.admin?{}:{admin:s.admin}),...s.env},...void 0===s.input?{}:{input:s.input},...void 0===s.onOutput?{}:{onOutput:s.onOutput},timeoutMs:s.timeoutMs??n,whole:!0})}async function p(e,t,r,s,n={}){return A(e,t,r,await d(e,t,`${void 0===n.input?"":_}${S(s)}`,n))}async function T(e,t,r,s,n={}){let i={...n.env,RR_DATABASE:t.database,RR_NOT:(n.not??[]).join("\n")},a=`${void 0===n.input?"":_}${o}${S(s)}`;return A(e,t,r,await d(e,t,a,{...n,env:i}))}let m=e=>`${o}${e}`,_=`
RR_TEMP=$(mktemp -d) && export RR_INPUT="$RR_TEMP/input" || exit 1
trap 'rm -rf "$RR_TEMP"' EXIT
cat >"$RR_INPUT" || exit 1
`,S=e=>`rr_sql <<'RR_SQL'
${e}
RR_SQL
`;function A(e,t,r,n){if(0!==n.code)throw(0,s.Y)(e,t,r,n);return n.stdout}function f(e){return e.split("\n").filter(e=>""!==e).map(e=>JSON.parse(e))}let L=(e,t)=>`\\set ${e} \`printf %s "$${t}"\``,$=e=>`\\set ${e} \`cat "$RR_INPUT"\``,O=e=>`"${e.replaceAll('"','""')}"`})};