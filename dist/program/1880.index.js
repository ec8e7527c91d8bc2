export const id=1880;export const ids=[1880,1342];export const modules={17221:((e,t,r)=>{function a(e,t){let r="mysql"===t||"mariadb"===t,a=[],l=[],E=0,d=0,c=!1,_=()=>{l.length>0&&a.push({tokens:l,needsDelimiter:c}),l=[],E=0,d=0,c=!1};for(let[a,g]of e.entries()){if("end"!==g.kind){var p,R,u,m;"word"===g.kind&&(r?function(e,t){let r=n(e[0]);if("BEGIN"===r)return"NOT"===n(e[1]??t);if("CREATE"!==r&&"ALTER"!==r)return!1;let a=e.slice(1,12).find(e=>o.has(n(e))||i.has(n(e)));return void 0!==a&&o.has(n(a))}(l,g):(p=t,R=l,u=g,m=E,"postgres"===p&&"CREATE"===n(R[0])&&(m>0?"ATOMIC"!==u.value:"ATOMIC"===u.value&&"BEGIN"===n(R.at(-1)))))&&(E=Math.max(0,E+function(e,t,r){switch(e.value){case"NOT":return+("BEGIN"===n(t)&&"ATOMIC"===n(r));case"ATOMIC":return+("BEGIN"===n(t));case"BEGIN":return 1;case"CASE":return+("END"!==n(t));case"END":return["IF","LOOP","REPEAT","WHILE"].includes(n(r))?0:-1;default:return 0}}(g,e[a-1],e[a+1]))),"postgres"===t&&"("===g.value&&d++,"postgres"===t&&")"===g.value&&(d=Math.max(0,d-1)),l.push(g);continue}";"!==g.text?_():"sqlite"===t?!function(e){let t=+("EXPLAIN"===n(e[0]));if("CREATE"!==n(e[t]))return!1;let r=n(e[t+1]);return"TRIGGER"===r||("TEMP"===r||"TEMPORARY"===r)&&"TRIGGER"===n(e[t+2])}(l)||s(l)?_():l.push(g):E>0||d>0&&l[0]?.value!=="\\"?(c=r,l.push(g)):_()}return _(),a}r.d(t,{I:()=>a});let n=e=>e?.kind==="word"?e.value:"",s=e=>"END"===n(e.at(-1))&&e.at(-2)?.kind==="end",o=new Set(["PROCEDURE","FUNCTION","TRIGGER","EVENT","PACKAGE"]),i=new Set(["TABLE","VIEW","INDEX","DATABASE","SCHEMA","USER","ROLE","SEQUENCE","SERVER"])}),92315:((e,t,r)=>{r.d(t,{q:()=>i});let a=/[A-Za-z0-9_$\u0080-\uffff]+/y,n=/(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z0-9_$\u0080-\uffff])|0[xX][0-9a-fA-F]+\b/y,s=/\s+/y,o=/\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;function i(e,t){let r,i=[],d=[],c=";",_=0,p=0,R=t=>(t.lastIndex=p,t.exec(e)?.[0]),u=(t,r,a)=>{let n=e.slice(p,p+r);i.push({kind:t,text:n,value:a??n,start:p,end:p+r}),p+=r},m=t=>{d.push({text:e.slice(p,t),start:p,end:t}),p=t},g="mysql"===t||"mariadb"===t,N=()=>0===i.length||i.at(-1)?.kind==="end";for(;p<e.length;){let d=R(s);if(void 0!==d){p+=d.length;continue}let f=function(e,t,r){let a="mysql"===r||"mariadb"===r;return a&&"#"===e[t]||e.startsWith("--",t)&&(!a||!(t+2<e.length)||/[\s\p{Cc}]/u.test(e[t+2]??""))?l(e,t):void 0}(e,p,t);if(void 0!==f){m(f);continue}if(e.startsWith("/*",p)){let a=function(e,t,r){if("sqlite"===r||"postgres"===r)return 0;let[a,n,s]=/^\/\*(M?)!(\d{5,6})?/.exec(e.slice(t,t+11))??[];if(void 0===a||"M"===n&&"mysql"===r)return 0;let o=void 0===s?0:Number(s);return("mysql"===r?o>=99999:""===n?o>=50700&&o<=99999:o>=999999)||o>=999999?0:a.length}(e,p,t);if(a>0){_++,p+=a;continue}let n=function(e,t,r){if("postgres"!==r){let r=e.indexOf("*/",t+2);return r<0?void 0:r+2}let a=0;for(let r of e.slice(t).matchAll(/\/\*|\*\//g))if(0===(a+="/*"===r[0]?1:-1))return t+r.index+2}(e,p,t);void 0===n&&(r={what:"comment",at:p}),m(n??e.length);continue}if(_>0&&e.startsWith("*/",p)){_--,p+=2;continue}if(e.startsWith(c,p)){u("end",c.length);continue}let T="postgres"===t?R(o):void 0;if(void 0!==T){let t=e.indexOf(T,p+T.length);t<0&&(r={what:"text",at:p});let a=t<0?e.length:t;u("string",(t<0?a:a+T.length)-p,e.slice(p+T.length,a));continue}let $=function(e,t,r){let a="mysql"===t||"mariadb"===t;return"'"===e?{kind:"string",close:"'",doubled:!0,backslash:a||"postgres"===t&&"E"===r}:'"'===e?{kind:a?"string":"quoted",close:'"',doubled:!0,backslash:a}:"`"===e&&"postgres"!==t?{kind:"quoted",close:"`",doubled:!0,backslash:!1}:"["===e&&"sqlite"===t?{kind:"quoted",close:"]",doubled:!1,backslash:!1}:void 0}(e[p]??"",t,i.at(-1)?.end===p?i.at(-1)?.value:void 0);if(void 0!==$){let t=function(e,t,{close:r,doubled:a,backslash:n}){for(let s=t+1;s<e.length;s++)if(n&&"\\"===e[s])s++;else if(e[s]===r){if(!(a&&e[s+1]===r))return s+1;s++}}(e,p,$);void 0===t&&(r={what:"string"===$.kind?"text":"name",at:p});let a=t??e.length;u($.kind,a-p,E(e.slice(p+1,void 0===t?a:a-1),$));continue}let S=R(n);if(void 0!==S&&!(S.startsWith(".")&&function(e,t){let r=e.at(-1);return void 0!==r&&r.end===t&&("word"===r.kind||"quoted"===r.kind)}(i,p))){u("number",S.length);continue}let L=R(a);if(void 0!==L){if(g&&N()&&/^delimiter$/i.test(L)){let t=l(e,p),r=e.slice(p+L.length,t).trim().split(/\s/)[0];void 0!==r&&""!==r&&(c=r),p=t;continue}let t=L.indexOf(c);t>0&&(L=L.slice(0,t)),u("word",L.length,L.toUpperCase());continue}u("symbol",1)}return{tokens:i,comments:d,open:r}}let l=(e,t)=>{let r=e.indexOf("\n",t);return r<0?e.length:r},E=(e,{close:t,doubled:r})=>r?e.replaceAll(t+t,t):e}),1880:((e,t,r)=>{r.r(t),r.d(t,{postgresEngine:()=>eh});var a=r(21342),n=r(22150);async function s(e,t){let r=`${(0,n.sF)("name","RR_DATABASE")}
SELECT json_build_object('owner', pg_get_userbyid(d.datdba), 'connections', d.datconnlimit, 'comment', shobj_description(d.oid, 'pg_database'),
  'settings', (SELECT coalesce(json_agg(json_build_object('role', CASE WHEN s.setrole <> 0 THEN pg_get_userbyid(s.setrole) END,
      'name', split_part(c, '=', 1), 'value', substr(c, strpos(c, '=') + 1))), '[]') FROM pg_db_role_setting s, unnest(s.setconfig) c WHERE s.setdatabase = d.oid),
  'grants', CASE WHEN d.datacl IS NOT NULL THEN (SELECT coalesce(json_agg(json_build_object('to', CASE WHEN a.grantee <> 0 THEN pg_get_userbyid(a.grantee) END,
      'what', a.privilege_type, 'option', a.is_grantable)), '[]') FROM aclexplode(d.datacl) a) END)
FROM pg_database d WHERE d.datname = :'name';`,[a]=(0,n.i7)(await (0,n.wE)(e,t,"its settings cannot be read",r));if(void 0===a)throw Error(`there is no database ${t.database}`);return a}let o="('search_path', 'temp_tablespaces', 'local_preload_libraries', 'session_preload_libraries')",i=/(?:^|\n)\[release-runbook: ([^\n]*)\]$/,l=e=>(e??"").replace(i,"")||null,E=`
SELECT format('COMMENT ON DATABASE %I IS %L', :'name', concat_ws(E'\\n', nullif(json_extract_path_text(:'looks', 'comment'), ''),
  substring(coalesce(shobj_description(d.oid, 'pg_database'), '') FROM '(?:^|\\n)(\\[release-runbook: [^\\n]*\\])$')))
FROM pg_database d WHERE d.datname = :'name' \\gexec`,d=`
${(0,n.sF)("name","RR_DATABASE")}
${(0,n.lX)("looks")}
BEGIN;
SELECT format('ALTER DATABASE %I OWNER TO %I', :'name', o) FROM json_extract_path_text(:'looks', 'owner') o, pg_database d
WHERE d.datname = :'name' AND o <> pg_get_userbyid(d.datdba) AND EXISTS (SELECT FROM pg_roles WHERE rolname = o) \\gexec
SELECT format('ALTER DATABASE %I CONNECTION LIMIT %s', :'name', json_extract_path_text(:'looks', 'connections')) \\gexec
SELECT format('ALTER DATABASE %I RESET ALL', :'name') \\gexec
SELECT CASE WHEN name IN ${o} THEN format('SET LOCAL %I = %s', name, value) END,
  CASE WHEN role IS NULL THEN format('ALTER DATABASE %I SET ', :'name') ELSE format('ALTER ROLE %I IN DATABASE %I SET ', role, :'name') END
    || CASE WHEN name IN ${o} THEN format('%s FROM CURRENT', name) ELSE format('%s TO %L', name, value) END
FROM json_to_recordset(json_extract_path(:'looks', 'settings')) AS s(role text, name text, value text)
WHERE role IS NULL OR EXISTS (SELECT FROM pg_roles WHERE rolname = role) \\gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'name') WHERE json_extract_path_text(:'looks', 'granted') = 'true' \\gexec
SELECT format('GRANT %s ON DATABASE %I TO %s', what, :'name', CASE WHEN "to" IS NULL THEN 'PUBLIC' ELSE quote_ident("to") END) || CASE WHEN option THEN ' WITH GRANT OPTION' ELSE '' END
FROM json_to_recordset(json_extract_path(:'looks', 'grants')) AS g("to" text, what text, option boolean)
WHERE ("to" IS NULL OR EXISTS (SELECT FROM pg_roles WHERE rolname = "to")) \\gexec
${E}
COMMIT;`;async function c(e,t,r){await (0,n.wE)(e,t,`the settings of ${t.database} cannot be set`,d,{input:JSON.stringify({...r,granted:null!==r.grants,grants:r.grants??[],comment:l(r.comment)??""})})}var _=r(90408);let p=(e,t)=>`NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${e}'::regclass AND x.objid = ${t} AND x.deptype = 'e')`,R=e=>`${e} <> 'information_schema' AND ${e} !~ '^pg_'`,u=(e,t)=>`CASE WHEN ${e} = 'public' THEN '' ELSE quote_ident(${e}) || '.' END || quote_ident(${t})`,m=`
  SELECT c.*, n.nspname, ${u("n.nspname","c.relname")} AS label,
    quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS full_name, pg_get_userbyid(c.relowner) AS owner
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${R("n.nspname")} AND c.relname !~ '^_release_runbook_' AND c.relpersistence <> 't'
    AND ${p("pg_class","c.oid")}`,g=`
  SELECT r.oid, r.label, CASE r.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || r.full_name AS source
  FROM (${m}) r WHERE r.relkind IN ('r', 'p') AND NOT r.relispartition`,N="large objects",f=`
WITH t AS MATERIALIZED (${g}), k AS (
  SELECT DISTINCT ON (i.indrelid) i.indrelid, i.indkey::int2[] AS columns
  FROM pg_index i JOIN t ON t.oid = i.indrelid
  WHERE i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
    AND NOT EXISTS (SELECT FROM unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) u(n)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.n WHERE NOT a.attnotnull)
  ORDER BY i.indrelid, i.indisprimary DESC, i.indnkeyatts, i.indexrelid
), n AS (SELECT i.indrelid, i.indkey::int2[] AS columns, i.indnkeyatts FROM pg_index i)
SELECT json_build_object('table', t.label,
  'key', (SELECT json_agg(a.attname ORDER BY u.ordinality)
    FROM unnest(k.columns[0:(SELECT min(n.indnkeyatts) FROM n WHERE n.indrelid = k.indrelid AND n.columns = k.columns) - 1]) WITH ORDINALITY u(n, ordinality)
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.n),
  'columns', (SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
    WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''))
FROM t LEFT JOIN k ON k.indrelid = t.oid ORDER BY t.label COLLATE "C";
SELECT json_build_object('table', '${N}', 'key', json_build_array('oid'), 'columns', json_build_array('data'))
WHERE EXISTS (SELECT FROM pg_largeobject_metadata);`,T=`
SELECT format('SELECT json_build_object(''table'', %L, ''rows'', count(*)) FROM %s', t.label, t.source)
FROM (${g}) t ORDER BY t.label COLLATE "C" \\gexec
SELECT json_build_object('table', '${N}', 'rows', count(*)) FROM pg_largeobject_metadata HAVING count(*) > 0;`,$=`
SELECT format('GRANT SELECT ON %s TO %I', r.full_name, current_user) FROM (${m}) r
WHERE r.relkind IN ('r', 'p', 'S') AND NOT CASE r.relkind WHEN 'S' THEN has_sequence_privilege(r.oid, 'SELECT')
  ELSE has_table_privilege(r.oid, 'SELECT') END
UNION ALL
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', n.nspname, current_user) FROM pg_namespace n
WHERE ${R("n.nspname")} AND NOT has_schema_privilege(n.oid, 'USAGE')
  AND EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid)
UNION ALL
SELECT format('ALTER ROLE %I BYPASSRLS (row security hides rows of %s from it)', current_user, r.full_name)
FROM (${m}) r WHERE r.relkind IN ('r', 'p') AND row_security_active(r.oid);`;var S=r(55663);let L=e=>`'owner ' || quote_ident(pg_get_userbyid(${e}))`,O=e=>`${e}.nspname <> 'information_schema' AND ${e}.nspname !~ '^pg_'`,A=(...e)=>`concat_ws('; ', ${e.map(e=>`nullif(${e}, '')`).join(", ")})`,h=e=>`array_to_string(${e}, ', ')`,b=`
SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
    WHEN 'c' THEN 'type' ELSE 'table' END, label,
  ${A("CASE relkind WHEN 'v' THEN rtrim(pg_get_viewdef(oid), ';') WHEN 'm' THEN rtrim(pg_get_viewdef(oid), ';') WHEN 'c' THEN 'composite' END","CASE WHEN relkind = 'm' AND NOT relispopulated THEN 'not populated' END","CASE WHEN relpersistence = 'u' THEN 'unlogged' END","CASE WHEN relkind = 'p' THEN 'partition by ' || pg_get_partkeydef(oid) END","(SELECT 'inherits ' || string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = r.oid)","pg_get_expr(relpartbound, oid)","CASE WHEN reloftype <> 0 THEN 'of ' || reloftype::regtype END",h("reloptions"),"CASE WHEN relrowsecurity THEN 'row security' END","CASE WHEN relforcerowsecurity THEN 'row security forced' END",`CASE relreplident WHEN 'f' THEN 'replica identity full' WHEN 'n' THEN CASE WHEN relkind IN ('r', 'p') THEN 'replica identity nothing' END
      WHEN 'i' THEN (SELECT 'replica identity ' || indexrelid::regclass FROM pg_index WHERE indrelid = r.oid AND indisreplident) END`,`(SELECT 'server ' || quote_ident(s.srvname) || coalesce(' ' || ${h("f.ftoptions")}, '') FROM pg_foreign_table f
      JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = r.oid)`,L("relowner"))}
FROM relations r WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c')`,C=`
SELECT 'column', r.label || '.' || quote_ident(a.attname),
  concat_ws(' ', format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation END,
    CASE WHEN a.attnotnull THEN 'not null' END,
    CASE a.attidentity WHEN 'a' THEN 'generated always as identity' WHEN 'd' THEN 'generated by default as identity' END,
    CASE WHEN a.attgenerated <> '' THEN 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ')'
      ELSE 'default ' || pg_get_expr(d.adbin, d.adrelid) END,
    CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || a.attstorage::text END,
    CASE WHEN a.attoptions IS NOT NULL THEN ${h("a.attoptions")} END,
    CASE WHEN a.attfdwoptions IS NOT NULL THEN ${h("a.attfdwoptions")} END)
FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE r.relkind IN ('r', 'p', 'f', 'c') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'column', r.label || '.' || quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid
WHERE r.relkind IN ('v', 'm') AND a.attnum > 0 AND NOT a.attisdropped`,w=`
SELECT 'constraint', r.label || '.' || quote_ident(c.conname), pg_get_constraintdef(c.oid)
FROM relations r JOIN pg_constraint c ON c.conrelid = r.oid
WHERE c.contype IN ('c', 'f', 'p', 'u', 'x') AND NOT (c.contype = 'f' AND c.conparentid <> 0)`,I=`
SELECT 'index', r.label || '.' || quote_ident(i.relname),
  ${A("pg_get_indexdef(x.indexrelid)","CASE WHEN x.indisclustered THEN 'clustered on' END",`(SELECT 'statistics ' || string_agg(a.attnum || ' ' || (to_jsonb(a) ->> 'attstattarget'), ', ' ORDER BY a.attnum) FROM pg_attribute a
      WHERE a.attrelid = i.oid AND coalesce(to_jsonb(a) ->> 'attstattarget', '-1') <> '-1')`)}
FROM relations r JOIN pg_index x ON x.indrelid = r.oid JOIN pg_class i ON i.oid = x.indexrelid
WHERE r.relkind IN ('r', 'p', 'm') AND (x.indisvalid OR r.relkind = 'p')
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u', 'x') AND c.conrelid = r.oid)`,v=`
SELECT 'sequence', r.label,
  ${A("format('%s start %s increment %s min %s max %s cache %s', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache)","CASE WHEN s.seqcycle THEN 'cycle' END",`(SELECT 'owned by ' || o.label || '.' || quote_ident(a.attname) FROM pg_depend d JOIN relations o ON o.oid = d.refobjid
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0 LIMIT 1)`,L("r.relowner"))}
FROM relations r JOIN pg_sequence s ON s.seqrelid = r.oid`,y=e=>`CASE ${e} WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'on replicas' WHEN 'A' THEN 'always' END`,D=`
SELECT 'trigger', r.label || '.' || quote_ident(t.tgname), ${A("pg_get_triggerdef(t.oid)",y("t.tgenabled"))}
FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid
WHERE NOT t.tgisinternal AND coalesce(to_jsonb(t) ->> 'tgparentid', '0') = '0'
UNION ALL
SELECT 'rule', r.label || '.' || quote_ident(w.rulename), ${A("pg_get_ruledef(w.oid)",y("w.ev_enabled"))}
FROM relations r JOIN pg_rewrite w ON w.ev_class = r.oid WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'policy', r.label || '.' || quote_ident(p.polname),
  concat_ws(' ', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
    CASE p.polcmd WHEN 'r' THEN 'for select' WHEN 'a' THEN 'for insert' WHEN 'w' THEN 'for update' WHEN 'd' THEN 'for delete' ELSE 'for all' END,
    'to ' || (SELECT string_agg(CASE WHEN role = 0 THEN 'public' ELSE quote_ident(pg_get_userbyid(role)) END, ', ' ORDER BY pg_get_userbyid(role)) FROM unnest(p.polroles) role),
    'using (' || pg_get_expr(p.polqual, p.polrelid) || ')', 'with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
FROM relations r JOIN pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT 'statistics', ${u("n.nspname","s.stxname")}, ${A("pg_get_statisticsobjdef(s.oid)",L("s.stxowner"))}
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace JOIN relations r ON r.oid = s.stxrelid`,k=`
SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
  ${u("n.nspname","p.proname")} || '(' || pg_get_function_identity_arguments(p.oid) || ')',
  CASE p.prokind WHEN 'a' THEN (SELECT concat_ws(' ', a.aggtransfn::regproc, a.aggtranstype::regtype, 'final', a.aggfinalfn::regproc,
      'combine', a.aggcombinefn::regproc, 'initial', a.agginitval, 'returns', p.prorettype::regtype) FROM pg_aggregate a WHERE a.aggfnoid = p.oid)
    ELSE pg_get_functiondef(p.oid) END || '; ' || ${L("p.proowner")}
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${O("n")} AND ${p("pg_proc","p.oid")}`,H=`
SELECT CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, ${u("n.nspname","t.typname")},
  CASE t.typtype
    WHEN 'e' THEN 'enum (' || (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) || ')'
    WHEN 'd' THEN concat_ws(' ', format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typnotnull THEN 'not null' END, 'default ' || t.typdefault,
      (SELECT string_agg('constraint ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid), ' ' ORDER BY c.conname)
        FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c'))
    WHEN 'r' THEN (SELECT concat_ws(' ', 'range of', g.rngsubtype::regtype, 'subtype_diff', nullif(g.rngsubdiff, 0)::regproc) FROM pg_range g WHERE g.rngtypid = t.oid)
    ELSE 'base' END || '; ' || ${L("t.typowner")}
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE ${O("n")} AND t.typtype IN ('e', 'd', 'r', 'b') AND NOT (t.typelem <> 0 AND t.typlen = -1 AND EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid))
  AND ${p("pg_type","t.oid")}`,x=`
SELECT 'schema', quote_ident(n.nspname), ${L("n.nspowner")} FROM pg_namespace n
WHERE ${O("n")} AND ${p("pg_namespace","n.oid")}
  AND NOT (n.nspname = 'public' AND (n.nspowner = 10 OR pg_get_userbyid(n.nspowner) = 'pg_database_owner'))
UNION ALL
SELECT 'extension', quote_ident(e.extname), e.extversion || ' in ' || quote_ident(n.nspname)
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql'
UNION ALL
SELECT 'event trigger', quote_ident(evtname), concat_ws(' ', evtevent, evtfoid::regprocedure, ${h("evttags")}, ${y("evtenabled")}, ${L("evtowner")})
FROM pg_event_trigger e WHERE ${p("pg_event_trigger","e.oid")}
UNION ALL
SELECT 'publication', quote_ident(p.pubname), concat_ws(' ', CASE WHEN p.puballtables THEN 'all tables' END,
  (SELECT string_agg(prrelid::regclass::text, ', ' ORDER BY prrelid::regclass::text) FROM pg_publication_rel WHERE prpubid = p.oid),
  CASE WHEN pubinsert THEN 'insert' END, CASE WHEN pubupdate THEN 'update' END, CASE WHEN pubdelete THEN 'delete' END, CASE WHEN pubtruncate THEN 'truncate' END)
FROM pg_publication p
UNION ALL
SELECT 'foreign server', quote_ident(s.srvname), concat_ws(' ', w.fdwname, s.srvtype, s.srvversion,
  (SELECT string_agg(o.option_name || '=' || o.option_value, ', ' ORDER BY o.option_name) FROM pg_options_to_table(s.srvoptions) o WHERE o.option_name !~ 'pass|secret|key|token'), ${L("s.srvowner")})
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE ${p("pg_foreign_server","s.oid")}
UNION ALL
SELECT 'user mapping', quote_ident(u.srvname) || ' for ' || u.usename, '' FROM pg_user_mappings u
UNION ALL
SELECT 'default privileges', concat_ws(' ', quote_ident(pg_get_userbyid(d.defaclrole)), 'in ' || quote_ident(n.nspname), 'on ' || d.defaclobjtype::text),
  (SELECT string_agg(x::text, ', ' ORDER BY x::text) FROM unnest(d.defaclacl) x)
FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace`,M=[["pg_cast","NULL"],["pg_operator","oprowner"],["pg_opclass","opcowner"],["pg_opfamily","opfowner"],["pg_collation","collowner"],["pg_conversion","conowner"],["pg_ts_config","cfgowner"],["pg_ts_dict","dictowner"],["pg_ts_parser","NULL"],["pg_ts_template","NULL"],["pg_transform","NULL"],["pg_language","lanowner"],["pg_foreign_data_wrapper","fdwowner"],["pg_am","NULL"]].map(([e,t])=>`
SELECT i.type, i.identity, coalesce(${"NULL"===t?"NULL":L(`o.${t}`)}, '')
FROM ${e} o CROSS JOIN LATERAL pg_identify_object('${e}'::regclass, o.oid, 0) i
WHERE o.oid >= 16384 AND ${p(e??"","o.oid")}`),F=`
SELECT what, name || ' to ' || CASE WHEN grantee = 0 THEN 'public' ELSE quote_ident(pg_get_userbyid(grantee)) END,
  string_agg(lower(privilege_type) || CASE WHEN is_grantable THEN ' with grant option' ELSE '' END, ', ' ORDER BY privilege_type)
FROM (
  WITH acls(kind, name, owner, acl, base) AS (
    SELECT CASE WHEN relkind = 'S' THEN 'sequence' ELSE 'table' END, label, relowner, relacl,
      acldefault(CASE WHEN relkind = 'S' THEN 's' ELSE 'r' END::"char", relowner) FROM relations WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL SELECT 'column', r.label || '.' || quote_ident(a.attname), r.relowner, a.attacl, NULL::aclitem[]
      FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND a.attnum > 0
    UNION ALL SELECT 'schema', quote_ident(n.nspname), n.nspowner, n.nspacl,
      coalesce((SELECT p.initprivs FROM pg_init_privs p WHERE p.classoid = 'pg_namespace'::regclass AND p.objoid = n.oid), acldefault('n', n.nspowner))
      FROM pg_namespace n WHERE ${O("n")} AND ${p("pg_namespace","n.oid")}
    UNION ALL SELECT 'function', ${u("n.nspname","p.proname")} || '(' || pg_get_function_identity_arguments(p.oid) || ')', p.proowner, p.proacl, acldefault('f', p.proowner)
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${O("n")} AND p.proacl IS NOT NULL AND ${p("pg_proc","p.oid")}
    UNION ALL SELECT 'type', ${u("n.nspname","t.typname")}, t.typowner, t.typacl, acldefault('T', t.typowner)
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${O("n")} AND t.typacl IS NOT NULL AND ${p("pg_type","t.oid")}
    UNION ALL SELECT 'foreign server', quote_ident(s.srvname), s.srvowner, s.srvacl, acldefault('S', s.srvowner) FROM pg_foreign_server s WHERE s.srvacl IS NOT NULL
  ), given AS (
    SELECT kind, name, x.grantee, x.privilege_type, x.is_grantable FROM acls, aclexplode(coalesce(acl, base)) x
  ), usual AS (
    SELECT kind, name, x.grantee, x.privilege_type, x.is_grantable FROM acls, aclexplode(base) x
  )
  SELECT 'grant' AS what, kind || ' ' || name AS name, grantee, privilege_type, is_grantable FROM (TABLE given EXCEPT TABLE usual) g
  UNION ALL SELECT 'revoke', kind || ' ' || name, grantee, privilege_type, is_grantable FROM (TABLE usual EXCEPT TABLE given) t
) acl GROUP BY what, name, grantee`,W=`
SELECT 'comment', i.type || ' ' || i.identity, d.description
FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
WHERE d.objoid >= 16384 AND d.classoid <> 'pg_extension'::regclass AND i.type IS NOT NULL AND i.identity !~ '^(\\w+\\.)?_release_runbook_'
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.classoid AND x.objid = d.objoid AND x.deptype IN ('e', 'i') AND x.refclassid = 'pg_extension'::regclass)`,P=`
WITH relations AS MATERIALIZED (${m})
SELECT json_build_object('kind', kind, 'name', name, 'definition', coalesce(definition, ''))
FROM (${[b,C,w,I,v,D,k,H,x,F,W,...M].join("\nUNION ALL\n")}) o(kind, name, definition)
ORDER BY kind COLLATE "C", name COLLATE "C";`,j=e=>e.map(e=>({...e,definition:function e(t){let r="(ARRAY[",a="",n=0;for(;;){let s=t.indexOf(r,n);if(s<0)return a+t.slice(n);let o=function(e,t){let r=[],a=0,n=t;for(let s=t;s<e.length;s++){let t=e[s];if("'"===t||'"'===t){let r=e.indexOf(t,s+1);if(r<0)return;s=r}else if("("===t||"["===t)a++;else if(a>0&&(")"===t||"]"===t))a--;else{if("]"===t)return{elements:[...r,e.slice(n,s)],end:s+1};","===t&&0===a&&(r.push(e.slice(n,s)),n=" "===e[s+1]?s+2:s+1)}}}(t,s+r.length),i=void 0===o?null:/^\)::((?:[\w .]|"[^"]*")+(?:\(\d+(?:,\d+)?\))?)\[\]/.exec(t.slice(o.end));if(void 0===o||null===i){a+=t.slice(n,s+r.length),n=s+r.length;continue}a+=`${t.slice(n,s)}ARRAY[${o.elements.map(t=>`(${e(t)})::${i[1]}`).join(", ")}]`,n=o.end+i[0].length}}(e.definition)}));function q(e){return Object.fromEntries((0,n.i7)(e).map(({table:e,rows:t})=>[e,t]))}let B=`${T}
\\echo rr-objects
${P}
`;async function U(e,t){return((await (0,n.ll)(e,t,"its version cannot be read","SELECT current_setting('server_version');")).trim().split(" ")[0]??"").trim()}async function G(e,t){return"1"===(await (0,n.wE)(e,t,"the server cannot be asked","\\set name `printf %s \"$RR_DATABASE\"`\nSELECT count(*) FROM pg_database WHERE datname = :'name';")).trim()}async function Y(e,t){let r=(0,n.hF)(`
SELECT json_build_object('disk', pg_database_size(current_database()),
  'dump', (SELECT coalesce(sum(pg_table_size(c.oid)), 0) FROM pg_class c WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't'
    AND c.relnamespace <> 'pg_catalog'::regnamespace),
  'here', inet_server_addr() IS NULL OR inet_server_addr() = inet_client_addr(),
  'folder', CASE WHEN pg_has_role('pg_read_all_settings', 'MEMBER') THEN current_setting('data_directory') END);`),a=await (0,n.ll)(e,t,"its size cannot be read",r),[s]=(0,n.i7)(a);if(void 0===s)throw Error("no answer about the size");let o=s.here&&null!==s.folder?s.folder:void 0;return{dump:s.dump,disk:s.disk,dataFolder:o}}let J=`
rr_tell() { # folder program
  [ -x "$1/$2" ] || return 0
  rr_version=$("$1/$2" --version 2>/dev/null) || return 0
  printf '%s\\t%s\\t%s\\n' "$2" "$1" "$rr_version"
}
rr_look() { rr_tell "$1" pg_dump; rr_tell "$1" postgres; }
if [ -n "$\{RR_PROGRAMS:-}" ]; then rr_look "$RR_PROGRAMS"; exit 0; fi
for rr_bin in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql@*/bin; do rr_look "$rr_bin"; done
rr_path=$(command -v pg_dump) && rr_tell "$(dirname "$rr_path")" pg_dump
rr_path=$(command -v postgres) && rr_tell "$(dirname "$rr_path")" postgres
exit 0
`;async function X(e,t){let{stdout:r}=await e.host.shell(J,{env:void 0===e.spec.programs?{}:{RR_PROGRAMS:e.spec.programs}});return r.split("\n").flatMap(e=>{let[r,a="",n=""]=e.split("	"),s=/(\d+)(?:\.(\d+))?/.exec(n);return r===t&&null!==s?[{folder:a,major:Number(s[1]),version:s[0]}]:[]})}async function z(e,t){let r=Number.parseInt(t,10),a=await X(e,"pg_dump"),n=a.filter(e=>e.major>=r).toSorted((e,t)=>e.major-t.major);if(void 0!==n[0])return n[0];let s=0===a.length?"there is no pg_dump":`the newest pg_dump is ${a.map(({version:e})=>e).at(-1)}`;throw new S.rk(`database ${e.name}: the server is PostgreSQL ${t}, and on host ${e.host.name} ${s}; an older one cannot read all of it`,{hint:V(e,`postgresql-client-${r}`)})}function V(e,t){return void 0===e.spec.programs?`install it there (Debian: apt-get install ${t}), or name its folder in \`programs:\``:`\`programs:\` names ${e.spec.programs}: name the folder of the right version (Debian: apt-get install ${t})`}let K=`
BEGIN;
${n.yy}
SELECT coalesce(string_agg(format('LOCK TABLE ONLY %s IN ACCESS SHARE MODE;', full_name), ' ' ORDER BY full_name), 'SELECT;') AS locks
FROM (${m}) r WHERE relkind IN ('r', 'p') \\gset
COMMIT;
BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
${n.yy}
\\o /dev/null
:locks
\\o
SET LOCAL lock_timeout = 0;
SELECT pg_export_snapshot() \\g \`echo "$RR_TEMP/snapshot.partial"\`
\\! mv "$RR_TEMP/snapshot.partial" "$RR_TEMP/snapshot"
`,Q=`
RR_TEMP=$(mktemp -d) && export RR_TEMP || exit 1
rr_session=
trap '[ -z "$rr_session" ] || kill "$rr_session" 2>/dev/null; rm -rf "$RR_TEMP"' EXIT
trap 'exit 143' HUP INT TERM
mkfifo "$RR_TEMP/in" || exit 1
rr_sql <"$RR_TEMP/in" >"$RR_TEMP/out" 2>"$RR_TEMP/err" & rr_session=$!
exec 3>"$RR_TEMP/in"
rr_fail() { exec 3>&-; wait "$rr_session"; rr_code=$?; rr_session=; cat "$RR_TEMP/err" >&2; [ "$rr_code" -ne 0 ] || rr_code=1; exit "$rr_code"; }
cat >&3 <<'RR_SQL' || rr_fail
${K}
RR_SQL
while [ ! -s "$RR_TEMP/snapshot" ]; do
  kill -0 "$rr_session" 2>/dev/null || rr_fail
  sleep 0.02
done
read -r rr_snapshot <"$RR_TEMP/snapshot"
cat >&3 <<'RR_SQL' || rr_fail
${B}
RR_SQL
# The session has just had all of these locks: pg_dump waits only behind what queued up meanwhile, and that waits for the session.
# Uncompressed here: zstd on its own core is quicker and smaller than pg_dump's zlib.
rr_dump "$RR_FILE" "$RR_CLIENT/pg_dump" -w -Fc -Z0 --snapshot="$rr_snapshot" --lock-wait-timeout=2000 3>&-
rr_code=$?
# When the session has ended before, what pg_dump says follows from that; else it is ended, with its locks.
[ "$rr_code" -eq 0 ] || ! kill -0 "$rr_session" 2>/dev/null || exit "$rr_code"
exec 3>&-
wait "$rr_session"; rr_counted=$?; rr_session=
[ "$rr_counted" -eq 0 ] || { cat "$RR_TEMP/err" >&2; exit "$rr_counted"; }
echo rr-snapshot
cat "$RR_TEMP/out"
`,Z=/ 42P01: |pg_dump: error: .*(statement timeout|does not exist|could not open relation|cache lookup failed)/,ee=`
${(0,n.sF)("name","RR_DATABASE")}
SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity WHERE datname = :'name' AND pid <> pg_backend_pid() \\gset
SELECT format('DROP DATABASE IF EXISTS %I', :'name') || CASE WHEN current_setting('server_version_num')::int >= 130000 THEN ' WITH (FORCE)' ELSE '' END \\gexec
`,et=`
${(0,n.sF)("name","RR_DATABASE")}
${(0,n.sF)("live","RR_LIVE")}
SELECT format('CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L', :'name', pg_encoding_to_char(d.encoding), d.datcollate, d.datctype)
  || CASE j ->> 'datlocprovider'
    WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L', coalesce(j ->> 'datlocale', j ->> 'daticulocale')) || coalesce(format(' ICU_RULES %L', j ->> 'daticurules'), '')
    WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', j ->> 'datlocale')
    WHEN 'c' THEN ' LOCALE_PROVIDER libc' ELSE '' END
  || CASE WHEN t.spcname = 'pg_default' THEN '' ELSE format(' TABLESPACE %I', t.spcname) END
  || CASE WHEN d.datname = :'live' AND pg_has_role(d.datdba, 'MEMBER') THEN format(' OWNER %I', pg_get_userbyid(d.datdba)) ELSE '' END
FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace CROSS JOIN LATERAL to_jsonb(d) j
WHERE d.datname IN (:'live', 'template0') ORDER BY d.datname <> :'live' LIMIT 1 \\gexec
`;async function er(e,t){await (0,n.wE)(e,t,`database ${t.database} cannot be dropped`,ee,{not:[t.database]})}let ea=`
rr_jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
[ "$rr_jobs" -le 8 ] || rr_jobs=8
rr_from=$RR_FILE
rr_unpacked="$RR_FILE.unpacked-$$"
trap 'rm -f "$rr_unpacked"' EXIT
trap 'exit 143' HUP INT TERM
set -- "$RR_CLIENT/pg_restore" -w --exit-on-error -d "$RR_CONNINFO"
[ -z "$\{RR_PLAIN_SPACE:-}" ] || set -- "$@" --no-tablespaces
if [ "$rr_jobs" -gt 1 ]; then
  rr_free=$(df -Pk "$(dirname "$RR_FILE")" | tail -n 1 | { read -r _ _ _ rr_kb _; echo "$rr_kb"; })
  # Some 16 times its size is the most that rows shrink to.
  if [ "$rr_free" -gt "$(($(wc -c <"$RR_FILE") / 1024 * 16 + 65536))" ]; then
    # Where that fails for want of space after all, the stream does it.
    if rr_load "$RR_FILE" sh -c 'cat >"$0"' "$rr_unpacked"; then rr_from=$rr_unpacked; else rm -f "$rr_unpacked"; fi
  fi
fi
if [ "$rr_from" = "$rr_unpacked" ]; then
  "$@" -j "$rr_jobs" "$rr_unpacked" >&2 || exit "$?"
else rr_load "$RR_FILE" "$@" || exit "$?"
fi
"$RR_CLIENT/vacuumdb" -q -w --analyze-only -j "$rr_jobs" -d "$RR_CONNINFO" >&2
`,en=`${(0,n.sF)("seconds","RR_SECONDS")}
SELECT format('session %s of %s%s: transaction open for %s s, %s%s', a.pid, a.usename, coalesce(format(' (%s)', nullif(a.application_name, '')), ''),
  extract(epoch FROM clock_timestamp() - a.xact_start)::int, a.state,
  coalesce(format(', holds %s', (SELECT string_agg(DISTINCT replace(replace(l.mode, 'Lock', ''), 'Exclusive', ' exclusive') || ' on ' || c.relname, ', ')
    FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE l.pid = a.pid AND l.granted AND l.mode <> 'AccessShareLock' AND c.relkind IN ('r', 'p', 'm'))), ''))
FROM pg_stat_activity a WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_type = 'client backend'
  AND a.xact_start < clock_timestamp() - make_interval(secs => :'seconds'::float8)
ORDER BY a.xact_start;
SELECT format('session %s of %s holds %s on %s; since when only a member of pg_monitor sees', a.pid, a.usename, l.mode, c.relname)
FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid JOIN pg_class c ON c.oid = l.relation
WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_type IS NULL AND l.granted
  AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock');
SELECT format('prepared transaction %s of %s: since %s s (COMMIT PREPARED or ROLLBACK PREPARED ends it)', quote_literal(p.gid), p.owner,
  extract(epoch FROM clock_timestamp() - p.prepared)::int)
FROM pg_prepared_xacts p WHERE p.database = current_database() AND p.prepared < clock_timestamp() - make_interval(secs => :'seconds'::float8)
ORDER BY p.prepared;`;var es=r(17221),eo=r(92315);let ei="\x01null\x01",el=`
RR_TEMP=$(mktemp -d) || exit 1
trap 'rm -rf "$RR_TEMP"' EXIT
{ printf '\\\\set null \`printf %%s "$RR_NULL"\`\\n\\\\pset null :null\\n\\\\pset format csv\\n\\\\pset tuples_only off\\n\\\\pset footer off\\n\\\\set FETCH_COUNT 1000\\n'
  printf 'BEGIN %s;\\n' "$RR_MODE"
  cat >"$RR_TEMP/sql"
  cat "$RR_TEMP/sql"; printf '\\n\\\\gdesc\\n'
  printf '\\\\echo %s\\n\\\\pset tuples_only on\\nSELECT extract(epoch FROM clock_timestamp());\\n\\\\pset tuples_only off\\n' "$RR_MARK"
  cat "$RR_TEMP/sql"; printf '\\n;\\n'
  printf '\\\\echo %s\\n\\\\pset tuples_only on\\nSELECT extract(epoch FROM clock_timestamp());\\nCOMMIT;\\n' "$RR_MARK"
} >"$RR_TEMP/script"
{ rr_sql <"$RR_TEMP/script" 2>"$RR_TEMP/err"; echo "$?" >"$RR_TEMP/code"; } | head -c "$RR_LARGEST"
cat "$RR_TEMP/err" >&2
read -r rr_code <"$RR_TEMP/code"; exit "$rr_code"
`;function eE(e){let t=[],r=[];for(let[,a,n="",s]of e.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g))if(""===s&&void 0===a&&""===n&&0===r.length||(r.push(void 0===a?n:a.replaceAll('""','"')),","!==s&&(t.push(r),r=[],""===s)))break;return t}let ed=`${(0,n.sF)("name","RR_DATABASE")}
${(0,n.lX)("owners")}
SELECT json_build_object('creates', r.rolsuper OR r.rolcreatedb, 'owner', pg_get_userbyid(d.datdba),
  'owns', d.oid IS NULL OR r.rolsuper OR pg_has_role(d.datdba, 'MEMBER'),
  'slots', (SELECT coalesce(json_agg(slot_name), '[]') FROM pg_replication_slots WHERE database = :'name' AND NOT temporary),
  'foreign', (SELECT coalesce(json_agg(o), '[]') FROM json_array_elements_text(:'owners') o
    WHERE NOT EXISTS (SELECT FROM pg_roles x WHERE x.rolname = o AND pg_has_role(x.oid, 'MEMBER'))), 'super', r.rolsuper,
  'prepared', (SELECT coalesce(json_agg(gid), '[]') FROM pg_prepared_xacts WHERE database = :'name'))
FROM pg_roles r LEFT JOIN pg_database d ON d.datname = :'name' WHERE r.rolname = current_user;`;function ec({definition:e}){let[,t,r]=/owner (?:"((?:[^"]|"")*)"|(\S+))$/.exec(e)??[];return t?.replaceAll('""','"')??r}let e_=e=>`'${e.replaceAll("'","''")}'`,ep=e=>`to_hex(hashtextextended((${e}) COLLATE "C", 0))`,eR=`
SELECT t.oid AS table_oid, t.source FROM (${g}) t WHERE t.label = :'table'
UNION ALL SELECT 0, '(SELECT oid, lo_get(oid) AS data FROM pg_catalog.pg_largeobject_metadata)' WHERE :'table' = '${N}' \\gset
SELECT coalesce(string_agg(CASE WHEN coalesce(a.atttypid, 26) IN (20, 21, 23, 26) THEN format('t.%I', k.name) ELSE format('t.%I::text', k.name) END, ', ' ORDER BY n), '') AS key_parts,
  coalesce(string_agg(format('t.%I = (_release_runbook_key.k ->> %s)::%s', k.name, n - 1, coalesce(quote_ident(s.nspname) || '.' || quote_ident(y.typname), 'oid')), ' AND ' ORDER BY n), '') AS key_match
FROM json_array_elements_text(:'key') WITH ORDINALITY k(name, n) LEFT JOIN pg_attribute a ON a.attrelid = :table_oid AND a.attname = k.name
LEFT JOIN pg_type y ON y.oid = a.atttypid LEFT JOIN pg_namespace s ON s.oid = y.typnamespace \\gset
SELECT coalesce(string_agg(format('t.%I', name), ', ' ORDER BY n), '') AS whole FROM json_array_elements_text(:'all') WITH ORDINALITY c(name, n) \\gset
SELECT CASE WHEN :'key_parts' = '' THEN format(${e_(ep("ROW(%s)::text"))}, :'whole') ELSE format('json_build_array(%s)::text', :'key_parts') END AS key_text \\gset
SELECT coalesce(string_agg(format(${e_(`coalesce(${ep("t.%I::text")}, '-')`)}, name), ' || '' '' || ' ORDER BY n), '''''') AS hashes
FROM json_array_elements_text(:'columns') WITH ORDINALITY c(name, n) \\gset
`;function eu(e,t){return{RR_TABLE:e.table,RR_KEY:JSON.stringify(e.key??[]),RR_ALL:JSON.stringify(e.columns),RR_COLUMNS:JSON.stringify(t)}}let em=String.raw`coalesce('E''' || replace(replace(replace(replace(t.%1$I::text, '\', '\\'), '''', ''''''), E'\n', '\n'), E'\r', '\r') || '''', 'NULL')`,eg=`
SELECT replace(:'source', 'ONLY ', '') AS table_name \\gset
SELECT string_agg(format('%I', c.name), ', ' ORDER BY n) AS names,
  string_agg(format(${e_(em)}, c.name), ' || '', '' || ' ORDER BY n) AS literals,
  coalesce(string_agg(format('%1$I = EXCLUDED.%1$I', c.name), ', ' ORDER BY n) FILTER (
    WHERE a.attidentity <> 'a' AND c.name NOT IN (SELECT json_array_elements_text(:'key'))), '') AS updates,
  coalesce(bool_or(a.attidentity <> ''), false) AS identity,
  coalesce(string_agg(format(${e_(" || format(' SELECT setval(%%L, %%s) FROM %%s WHERE last_value <= %%s;', %2$L, t.%1$I, %2$L, t.%1$I)")}, c.name, sequence), '' ORDER BY n) FILTER (WHERE sequence IS NOT NULL), '') AS advance
FROM json_array_elements_text(:'all') WITH ORDINALITY c(name, n) LEFT JOIN pg_attribute a ON a.attrelid = :table_oid AND a.attname = c.name
CROSS JOIN LATERAL (SELECT CASE WHEN a.atttypid IN (20, 21, 23) THEN pg_get_serial_sequence(:'table_name', c.name) END) s(sequence) \\gset
SELECT coalesce(string_agg(format('%I', name), ', ' ORDER BY n), '') AS key_names FROM json_array_elements_text(:'key') WITH ORDINALITY k(name, n) \\gset
SELECT format('INSERT INTO %s (%s)%s VALUES (', :'table_name', :'names', CASE WHEN :'identity' THEN ' OVERRIDING SYSTEM VALUE' ELSE '' END) AS head,
  CASE WHEN :'key_names' = '' THEN ');' WHEN :'updates' = '' THEN format(') ON CONFLICT (%s) DO NOTHING;', :'key_names')
    ELSE format(') ON CONFLICT (%s) DO UPDATE SET %s;', :'key_names', :'updates') END AS tail \\gset
SELECT format('SELECT DISTINCT ON (%1$s) json_build_object(''key'', %1$s, ''json'', (SELECT row_to_json(_release_runbook_row)::text FROM (SELECT %2$s) _release_runbook_row), ''sql'', %3$s)::text FROM %4$s',
  :'key_text', :'whole',
  CASE WHEN :'table' = '${N}' THEN ${e_("format('SELECT lo_unlink(oid) FROM pg_largeobject_metadata WHERE oid = %1$s; SELECT lo_from_bytea(%1$s, %2$L);', t.oid, t.data::text)")} ELSE format('%L || %s || %L', :'head', :'literals', :'tail') || :'advance' END,
  CASE WHEN :'key_names' = '' THEN format('%s t WHERE %s IN (SELECT json_array_elements_text(%L))', :'source', :'key_text', :'wanted')
    ELSE format('json_array_elements(%L) _release_runbook_key(k) JOIN %s t ON %s', :'wanted', :'source', :'key_match') END) \\gexec
`;var eN=r(41231);let ef=`
SELECT json_build_object(
  'encoding', pg_encoding_to_char(d.encoding), 'collate', d.datcollate, 'ctype', d.datctype, 'provider', j ->> 'datlocprovider',
  'icu', coalesce(j ->> 'datlocale', j ->> 'daticulocale'),
  'superuser', pg_get_userbyid(10),
  'settings', (SELECT json_object_agg(name, reset_val) FROM pg_settings WHERE name IN ('TimeZone', 'DateStyle', 'IntervalStyle', 'lc_monetary',
    'lc_numeric', 'lc_time', 'default_text_search_config', 'max_locks_per_transaction', 'max_prepared_transactions', 'shared_preload_libraries', 'max_connections')),
  'roles', (SELECT json_agg(json_build_object('name', rolname, 'attributes', concat_ws(' ', CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END,
      CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END, CASE WHEN NOT rolinherit THEN 'NOINHERIT' END,
      CASE WHEN rolbypassrls THEN 'BYPASSRLS' END), 'config', rolconfig)) FROM pg_roles WHERE rolname !~ '^pg_'),
  'members', (SELECT coalesce(json_agg(json_build_object('role', pg_get_userbyid(roleid), 'member', pg_get_userbyid(member), 'admin', admin_option)), '[]') FROM pg_auth_members))
FROM (SELECT *, to_jsonb(x) AS j FROM pg_database x) d WHERE d.datname IN (:'name', 'template0') ORDER BY d.datname <> :'name' LIMIT 1;`,eT=`
rr_user=; rr_base=$RR_FOLDER
if [ "$(id -u)" -eq 0 ]; then
  for rr_one in "$(stat -c %U "$\{RR_LIKE:-/nowhere}" 2>/dev/null)" postgres nobody; do
    [ -n "$rr_one" ] && [ "$rr_one" != root ] && id "$rr_one" >/dev/null 2>&1 && { rr_user=$rr_one; break; }
  done
fi
rr_as() {
  if [ -z "$rr_user" ]; then "$@"
  elif command -v setpriv >/dev/null 2>&1; then setpriv --reuid="$rr_user" --regid="$(id -g "$rr_user")" --init-groups "$@"
  else runuser -u "$rr_user" -- "$@"
  fi
}
rr_end() { # the server of this folder, if its process is still the one that was started on these data, and all of its files
  rr_data=$(readlink "$RR_FOLDER/data") || rr_data=
  rr_socket=$(readlink "$RR_FOLDER/socket") || rr_socket=
  if [ -n "$rr_data" ] && read -r rr_pid 2>/dev/null <"$rr_data/postmaster.pid"; then
    if [ "$(readlink "/proc/$rr_pid/cwd")" = "$rr_data" ]; then
      kill -QUIT "$rr_pid"
      rr_n=0
      while [ "$(readlink "/proc/$rr_pid/cwd")" = "$rr_data" ]; do
        rr_n=$((rr_n + 1)); [ "$rr_n" -ne 100 ] || kill -KILL "$rr_pid"
        [ "$rr_n" -lt 200 ] || { echo "process $rr_pid does not end" >&2; exit 1; }
        sleep 0.1
      done
    fi
  fi
  case "$rr_data" in */release-runbook-pg-*) rm -rf "$rr_data";; esac
  case "$rr_socket" in /tmp/rr-pg-*) rm -rf "$rr_socket";; esac
  rm -rf "$RR_FOLDER"
}
`,e$=`${eT}
unset PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD PGDATA
rr_end
mkdir -p "$RR_FOLDER" || exit 1
if [ -n "$rr_user" ]; then chown "$rr_user" "$RR_FOLDER" || exit 1; fi
if ! (cd / && rr_as test -w "$RR_FOLDER"); then
  rr_home=$(getent passwd "$rr_user" | cut -d: -f6)
  rr_base=/var/tmp
  if [ -d "$rr_home" ] && (cd / && rr_as test -w "$rr_home"); then rr_base=$rr_home; fi
fi
rr_name=$(printf %s "$RR_FOLDER" | cksum); rr_name="release-runbook-pg-$\{rr_name%% *}"
rr_data="$rr_base/$rr_name"
ln -s "$rr_data" "$RR_FOLDER/data" && rm -rf "$rr_data" || exit 1
rr_socket=$(mktemp -d /tmp/rr-pg-XXXXXX) && ln -s "$rr_socket" "$RR_FOLDER/socket" || exit 1
if [ -n "$rr_user" ]; then chown "$rr_user" "$rr_socket" || exit 1; fi
cd /
set -- -D "$rr_data" -U "$RR_SUPERUSER" -A trust --no-sync -E "$RR_ENCODING" --locale=C --lc-collate="$RR_COLLATE" --lc-ctype="$RR_CTYPE"
case "$RR_PROVIDER" in
  i) set -- "$@" --locale-provider=icu --icu-locale="$RR_ICU";;
  b) set -- "$@" --locale-provider=builtin --builtin-locale="$RR_ICU";;
esac
[ "$RR_MAJOR" -lt 18 ] || set -- "$@" --no-data-checksums
rr_as "$RR_SERVER/initdb" "$@" >"$rr_socket/initdb" 2>&1 || { cat "$rr_socket/initdb" >&2; exit 1; }
printf '%s\\n' 'local all all trust' 'host all all 127.0.0.1/32 scram-sha-256' >"$rr_data/pg_hba.conf"
printf '%s\\n' "$RR_CONFIG" "unix_socket_directories = '$rr_socket'" >>"$rr_data/postgresql.conf"
printf '%s' "$RR_SUPERUSER" >"$rr_socket/superuser"
for rr_try in 1 2 3 4 5; do
  rr_port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 30000))
  rr_as "$RR_SERVER/pg_ctl" -D "$rr_data" -o "-p $rr_port" -l "$rr_data/server.log" -w -t 60 start >/dev/null 2>&1 && break
  grep -q 'could not create any TCP/IP sockets' "$rr_data/server.log" && [ "$rr_try" -lt 5 ] || { cat "$rr_data/server.log" >&2; exit 1; }
  : >"$rr_data/server.log"
done
echo "$rr_port $rr_socket"
`,eS={listen_addresses:"127.0.0.1",fsync:"off",full_page_writes:"off",synchronous_commit:"off",wal_level:"minimal",max_wal_senders:"0",max_wal_size:"8GB",checkpoint_timeout:"1h",autovacuum:"off",shared_buffers:"256MB",maintenance_work_mem:"256MB",password_encryption:"scram-sha-256",log_min_error_statement:"panic",lc_messages:"C","cron.launch_active_jobs":"off"},eL=`
\\set given \`cat "$RR_INPUT"\`
SELECT format('CREATE ROLE %I %s', r.name, r.attributes) FROM json_to_recordset(json_extract_path(:'given', 'roles')) r(name text, attributes text)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r.name) \\gexec
SELECT format('GRANT %I TO %I', m.role, m.member) || CASE WHEN m.admin THEN ' WITH ADMIN OPTION' ELSE '' END
FROM json_to_recordset(json_extract_path(:'given', 'members')) m(role text, member text, admin boolean)
WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = m.role) AND EXISTS (SELECT FROM pg_roles WHERE rolname = m.member)
  AND NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = m.role::regrole AND member = m.member::regrole) \\gexec
SELECT format('ALTER ROLE %I PASSWORD %L', json_extract_path_text(:'given', 'user'), json_extract_path_text(:'given', 'password')) \\gexec
\\set ON_ERROR_STOP off
SELECT CASE WHEN n = 'search_path' THEN format('SET %I = %s', n, v) END,
  CASE WHEN n = 'search_path' THEN format('ALTER ROLE %I SET %I FROM CURRENT', r.name, n) ELSE format('ALTER ROLE %I SET %s TO %L', r.name, n, v) END
FROM json_to_recordset(json_extract_path(:'given', 'roles')) r(name text, config text[]), unnest(r.config) c,
  split_part(c, '=', 1) n, substr(c, strpos(c, '=') + 1) v WHERE n !~ 'preload|tablespace' \\gexec
`,eO=`
RR_TEMP=$(mktemp -d) || exit 1
trap 'rm -rf "$RR_TEMP"' EXIT
rr_sql >"$RR_TEMP/out" 2>&1 <<'RR_SQL' &
${(0,n.sF)("live","RR_LIVE")}
${(0,n.sF)("fresh","RR_FRESH")}
${(0,n.sF)("rescue","RR_RESCUE")}
BEGIN;
SET LOCAL lock_timeout = '20s';
SET LOCAL statement_timeout = 0;
SELECT format('ALTER DATABASE %I RENAME TO %I', :'live', :'rescue') WHERE EXISTS (SELECT FROM pg_database WHERE datname = :'live') \\gexec
SELECT format('ALTER DATABASE %I RENAME TO %I', :'fresh', :'live') \\gexec
COMMIT;
RR_SQL
rr_renaming=$!
while kill -0 "$rr_renaming" 2>/dev/null; do
  rr_sql >"$RR_TEMP/ended" 2>&1 <<'RR_SQL' || :
${(0,n.sF)("live","RR_LIVE")}
${(0,n.sF)("fresh","RR_FRESH")}
-- Materialized: in one WHERE, sessions of other databases could be ended before they are told apart.
WITH found AS MATERIALIZED (
  SELECT a.pid, a.usename, pg_has_role(a.usesysid, 'MEMBER')
    OR (pg_has_role('pg_signal_backend', 'MEMBER') AND NOT (SELECT rolsuper FROM pg_roles WHERE oid = a.usesysid)) AS may
  FROM pg_stat_activity a WHERE a.datname IN (:'live', :'fresh') AND a.usesysid IS NOT NULL AND a.pid <> pg_backend_pid()
)
SELECT format('%s (%s)', pid, usename) || CASE WHEN NOT may THEN ' cannot be ended' WHEN pg_terminate_backend(pid) THEN '' END FROM found;
RR_SQL
  grep 'cannot be ended' "$RR_TEMP/ended" >"$RR_TEMP/others" && cp "$RR_TEMP/others" "$RR_TEMP/kept" || rm -f "$RR_TEMP/kept"
  sleep 0.05
done
wait "$rr_renaming"; rr_code=$?
[ "$rr_code" -eq 0 ] || { cat "$RR_TEMP/out" >&2; sed 's/^/rr-kept /' "$RR_TEMP/kept" >&2 2>/dev/null; exit "$rr_code"; }
`;var eA=r(166);function eh(e,t,o,E={}){let d=E.env??{},p=(0,eA.dz)(t,d),R={name:e,spec:t,host:o,live:(0,eA.Ot)(e,t,d)};return{engine:"postgres",host:o,ending:"dump",live:R.live,environment:e=>(0,eA.ht)(t,p,e),version:e=>U(R,e),exists:e=>G(R,e),objects:e=>(async function(e,t){return j((0,n.i7)(await (0,n.ll)(e,t,"its objects cannot be read",(0,n.hF)(P))))})(R,e),tables:e=>(async function(e,t){return(0,n.i7)(await (0,n.ll)(e,t,"its tables cannot be read",(0,n.hF)(f)))})(R,e),count:(e,t)=>(async function(e,t,r){if(0===r.length)return{};let a=(0,n.hF)(`${(0,n.lX)("wanted")}
SELECT format('SELECT json_build_object(''table'', %L, ''rows'', count(*)) FROM %s', t.label, t.source)
FROM (${g}) t WHERE t.label IN (SELECT json_array_elements_text(:'wanted')) ORDER BY t.label COLLATE "C" \\gexec
SELECT json_build_object('table', '${N}', 'rows', count(*)) FROM pg_largeobject_metadata
WHERE '${N}' IN (SELECT json_array_elements_text(:'wanted')) HAVING count(*) > 0;`),s=JSON.stringify(r.map(({table:e})=>e));return q(await (0,n.ll)(e,t,"its rows cannot be counted",a,{input:s}))})(R,e,t),size:e=>Y(R,e),checkDump:e=>(async function(e,t){let r=(await (0,n.ll)(e,t,"it cannot be asked",(0,n.hF)($))).split("\n").filter(Boolean);if(0!==r.length)throw new S.rk(`database ${e.name}: the user ${t.server.user} cannot read all of it, so that a backup would not be whole; nothing was changed`,{hint:`a superuser runs: ${r.slice(0,10).join("; ")}${r.length>10?`; and ${r.length-10} more`:""}${r[0]?.startsWith("GRANT")===!0?` (or, from version 14 on: GRANT pg_read_all_data TO ${t.server.user})`:""}`})})(R,e),dump:(e,t,r)=>(async function(e,t,r,a){let s=await U(e,t),{folder:o}=await z(e,s),i=void 0===a?void 0:(await Y(e,t)).dump,l=()=>(0,n.vf)(e,t,`${_.Cf}${Q}`,{env:{RR_FILE:r,RR_CLIENT:o},timeoutMs:12*n.iQ,...void 0===a?{}:{onOutput:(0,_.tD)(e=>a({what:"dump",done:e,total:i,unit:"bytes"}))}}),E=await l();for(let e=3;e>0&&Z.test(E.stderr);e--)E=await l();let d=(0,n.KD)(e,t,"the dump failed",E),[c="",p=""]=d.slice(d.indexOf("rr-snapshot\n")+12).split("rr-objects\n");return{rows:q(c),objects:j((0,n.i7)(p)),serverVersion:s}})(R,e,t,r),load:(e,t,r)=>(async function(e,t,r,a){let{folder:o}=await z(e,await U(e,{...r,database:"template1"})),i="scratch"===r.server.kind,l=await G(e,e.live).catch(()=>!1)?await s(e,e.live):void 0;await er(e,r),await (0,n.wE)(e,r,`database ${r.database} cannot be made`,et,{env:{RR_LIVE:e.live.database},not:[r.database]}),void 0!==l&&await c(e,r,l);let E=await (0,n.vf)(e,r,`${_.Cf}${ea}`,{env:{RR_FILE:t,RR_CLIENT:o,RR_CONNINFO:`dbname='${r.database.replaceAll(/['\\]/g,String.raw`\$&`)}'`,...i?{RR_PLAIN_SPACE:"1"}:{}},timeoutMs:12*n.iQ,...void 0===a?{}:{onOutput:(0,_.tD)(e=>a({what:"load",done:e,total:void 0,unit:"bytes"}))}});(0,n.KD)(e,r,`loading into ${r.database} failed`,E)})(R,e,t,r),selfCheck:e=>(async function(e,t){let r=(0,n.hF)(`
SELECT format('index %s is not valid', x.indexrelid::regclass) FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
WHERE NOT (x.indisvalid AND x.indisready) AND c.relkind = 'i';`);return(await (0,n.ll)(e,t,"it cannot be checked",r)).split("\n").filter(Boolean)})(R,e),drop:e=>er(R,e),startScratch:e=>(async function(e,t){let a=await async function(e){let t=`\\set name \`printf %s "$RR_DATABASE"\`
${ef}`,[r]=(0,n.i7)(await (0,n.wE)(e,e.live,"the server cannot be asked",t));if(void 0===r)throw Error(`no facts about ${(0,n.Cv)(e.live.database)}`);return r}(e),s=await U(e,{...e.live,database:"template1"}),o=await async function(e,t){let r=Number.parseInt(t,10),a=await X(e,"postgres"),n=a.find(e=>e.version===t)??a.find(e=>e.major===r);if(void 0!==n)return n;let s=0===a.length?"none":a.map(({version:e})=>e).join(", ");throw new S.rk(`database ${e.name}: a copy to verify and rehearse on needs the server program of PostgreSQL ${r} on host ${e.host.name}, found ${s}; nothing was changed`,{hint:`${V(e,`postgresql-${r}`)}; its own cluster need not run`})}(e,s),i=await Y(e,e.live).catch(()=>void 0),l={RR_FOLDER:t,RR_LIKE:i?.dataFolder??"",RR_SERVER:o.folder,RR_MAJOR:String(o.major),RR_SUPERUSER:a.superuser,RR_ENCODING:a.encoding,RR_COLLATE:a.collate,RR_CTYPE:a.ctype,RR_PROVIDER:a.provider??"",RR_ICU:a.icu??"",RR_CONFIG:Object.entries({...a.settings,...eS}).filter(([,e])=>""!==e).map(([e,t])=>`${e} = '${t.replaceAll("'","''")}'`).join("\n"),LC_ALL:"C"},E=await e.host.shell(`umask 077
${e$}`,{env:l,timeoutMs:18e4}),d=async()=>{let r=await e.host.shell(`${eT}rr_end`,{env:{RR_FOLDER:t},timeoutMs:6e4});if(0!==r.code)throw new S.rk(`database ${e.name}: the scratch server in ${t} cannot be ended: ${r.stderr.trim()}`)},[c="",_=""]=E.stdout.trim().split(" ");if(0!==E.code||""===_)throw await d(),(0,eN.Y)(e,e.live,`no scratch server could be started in ${t}`,E);let{user:p}=e.live.server,R=e.live.server.password??(0,r(77598).randomBytes)(18).toString("base64url"),u=function(e){let t=new URLSearchParams(e??"");for(let e of[...t.keys()])/^ssl|^(host|port|hostaddr|target_session_attrs|channel_binding)$/i.test(e)&&t.delete(e);return t.toString()}(e.live.server.parameters),m={kind:"scratch",host:"127.0.0.1",port:Number(c),socket:_,user:p,password:R,...""===u?{}:{parameters:u}};try{await (0,n.wE)(e,{server:m,database:"postgres"},"the roles of the scratch server cannot be made",eL,{input:JSON.stringify({roles:a.roles,members:a.members,user:p,password:R})})}catch(e){throw await d(),e}return{server:m,stop:d}})(R,e),rowLines:(e,t,r)=>{let a;return a=(0,n.hF)(`${(0,n.sF)("table","RR_TABLE")}
${(0,n.sF)("key","RR_KEY")}
${(0,n.sF)("all","RR_ALL")}
${(0,n.sF)("columns","RR_COLUMNS")}
${eR}
SELECT format(${e_("COPY (SELECT %s || E'\\t' || %s FROM %s t) TO STDOUT WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')")}, :'key_text', :'hashes', :'source') \\gexec`),(0,n.K$)(R,e,a,eu(t,r))},exportRows:(e,t,r)=>(async function(e,t,r,a){if(0===a.length)return[];let s=(0,n.hF)(`${(0,n.sF)("table","RR_TABLE")}
${(0,n.sF)("key","RR_KEY")}
${(0,n.sF)("all","RR_ALL")}
${(0,n.sF)("columns","RR_COLUMNS")}
${(0,n.lX)("wanted")}
${eR}
${eg}`),o=null===r.key?JSON.stringify(a):`[${a.join(",")}]`,i=eu(r,r.columns);return(0,n.i7)(await (0,n.ll)(e,t,`rows of ${r.table} cannot be read`,s,{env:i,input:o}))})(R,e,t,r),query:(e,t,a)=>(async function(e,t,a,s){let o=`rr-${(0,r(77598).randomBytes)(12).toString("hex")}`,i=function(e,t){let{tokens:r}=(0,eo.q)(t,"postgres"),a=(0,es.I)(r,"postgres");if(1!==a.length||r.some(({kind:e,text:t})=>"symbol"===e&&"\\"===t))throw new S.rk(`database ${e.name}: a query is one statement without commands of psql, this text holds ${1===a.length?"a backslash":a.length}`);return t.slice(0,a[0]?.tokens.at(-1)?.end)}(e,a),l=await (0,n.vf)(e,t,el,{input:i,admin:!1,env:{RR_MARK:o,RR_NULL:ei,RR_LARGEST:String(0x1000001),RR_MODE:s.readOnly?"READ ONLY":"READ WRITE"},timeoutMs:6e5});if(Buffer.byteLength(l.stdout)>0x1000000)throw new S.rk(`database ${e.name}: the result of the query is larger than 16 MiB`,{hint:"add LIMIT, or count on the server"});let[E="",d="",c=""]=(0,n.KD)(e,t,"the query failed",l).split(`${o}
`),_=eE(E).slice(1).map(([e="",t=""])=>({name:e,type:t})),p=d.indexOf("\n"),R=Math.max(0,(Number(c.trim())-Number(d.slice(0,p)))*1e3),u=eE(d.slice(p+1)).slice(1);return{columns:_.map(({name:e})=>e),rows:0===_.length?[]:u.map(e=>e.map((e,t)=>(function(e,t){if(e===ei)return null;if("boolean"===t)return"t"===e;if(/^(smallint|integer|bigint|real|double precision|numeric|oid)\b(?!.*\[\])/.test(t)){let r=Number(e),a=/[.]/.test(e)?e.replace(/0+$/,"").replace(/[.]$/,""):e;return Number.isFinite(r)&&(t.startsWith("real")||t.startsWith("double")||String(r)===a)?r:e}if("json"===t||"jsonb"===t)try{return JSON.parse(e)}catch{}return e})(e,_[t]?.type??""))),ms:R}})(R,e,t,a),applied:e=>(0,a.applied)(R,e),apply:(e,t)=>(0,a.apply)(R,e,t),longTransactions:(e,t)=>(async function(e,t,r){return(await (0,n.ll)(e,t,"its sessions cannot be read",(0,n.hF)(en),{env:{RR_SECONDS:String(r)}})).split("\n").filter(Boolean)})(R,e,t),marker:e=>(async function(e,t){let r;return r=(await s(e,t)).comment,i.exec(r??"")?.[1]})(R,e),mark:(e,t)=>(async function(e,t,r){let a=l((await s(e,t)).comment),o=`${null===a?"":`${a}
`}[release-runbook: ${r}]`,i=`${(0,n.sF)("name","RR_DATABASE")}
${(0,n.lX)("comment")}
SELECT format('COMMENT ON DATABASE %I IS %L', :'name', :'comment') \\gexec`;await (0,n.wE)(e,t,`the comment of database ${t.database} cannot be set`,i,{input:o})})(R,e,t),beside:e=>{var t;let a;return t=R.live.database,{fresh:(a=e=>{let a=`${t}${e}`;if(63>=Buffer.byteLength(a))return a;let n=(0,r(77598).createHash)("sha256").update(a).digest("hex").slice(0,12),s=t;for(;Buffer.byteLength(s)>39;)s=s.slice(0,-1);return`${s}_${e.split("_")[1]}_${n}`.slice(0,63)})(`_fresh_${e}`),rescue:a(`_rescue_${e}`)}},async cannotSwap(e){await async function(e,t){var r,a,s;let o;await async function(e,t){let r=await (0,n.vf)(e,{...t,database:"pgbouncer"},"rr_sql -c 'SHOW VERSION' </dev/null\n");if(/^PgBouncer /m.test(r.stdout)||/FATAL: +(?:[0-9A-Z]{5}: +)?(not allowed|no such user)/.test(r.stderr))throw new S.rk(`database ${e.name}: a pooler (PgBouncer) answers at ${t.server.host} port ${t.server.port}; a restore needs the server itself; nothing was changed`,{hint:"let the url of this database name the address of the server (in a secret of its own, where the application keeps the pooler)"})}(e,e.live);let i=JSON.stringify([...new Set(t.flatMap(e=>ec(e)??[]))]),l={not:[e.live.database],input:i},[E]=(0,n.i7)(await (0,n.wE)(e,e.live,"the server cannot be asked",ed,l));if(void 0===E)throw Error("no answer about the rights");let{user:d}=e.live.server,c=(t,r)=>new S.rk(`database ${e.name}: no backup can be restored, because ${t}; nothing was changed`,{hint:r}),_=n.Cv;if(!E.creates)throw c(`user ${d} may not create the database beside it that is swapped in`,`a superuser runs: ALTER ROLE ${_(d)} CREATEDB`);if(!E.owns)throw c(`user ${d} may not rename it: it belongs to ${E.owner}`,`a superuser runs: GRANT ${_(E.owner??"")} TO ${_(d)}`);if(E.foreign.length>0)throw c(`user ${d} cannot give its objects to their owners: ${E.foreign.join(", ")}`,`a superuser runs (CREATE ROLE before, where there is none): GRANT ${E.foreign.map(_).join(", ")} TO ${_(d)}`);let p=E.super?void 0:(r=t,a=d,s=E.owner??d,o=new Map(r.filter(({kind:e})=>"schema"===e).map(e=>[e.name,ec(e)])),r.find(e=>{let t=ec(e);if("schema"===e.kind||void 0===t||t===a)return!1;let r=/^((?:"(?:[^"]|"")*"|[^".(])+)\./.exec(e.name)?.[1]??"public";return t!==(o.get(r)??s)}));if(void 0!==p)throw c(`only a superuser can give ${p.kind} ${p.name} to ${ec(p)}, who does not own its schema`,"name a superuser in the url of this database");let R=t.find(({kind:e})=>"event trigger"===e);if(void 0!==R&&!E.super)throw c(`only a superuser can make its event trigger ${R.name}`,"name a superuser in the url of this database");if(E.slots.length>0)throw c(`replication slots belong to it and would stay with the rescue: ${E.slots.join(", ")}`,`drop them, and make them again after the restore: SELECT pg_drop_replication_slot('${E.slots[0]}')`);if(E.prepared.length>0)throw c(`prepared transactions hold it: ${E.prepared.join(", ")}`,`in it: ROLLBACK PREPARED '${E.prepared[0]}' (or COMMIT)`)}(R,e)},swap:(e,t)=>(async function(e,t,r){let{server:a,database:o}=e.live,i=[o,t,r],[l,E,d]=await Promise.all([G(e,e.live),G(e,{server:a,database:t}),G(e,{server:a,database:r})]);if(!E&&l)return;if(!E)throw new S.rk(`database ${e.name}: neither ${o} nor its copy ${t} is there${d?`; the database of before is ${r}`:""}`,{hint:d?`ALTER DATABASE ${(0,n.Cv)(r)} RENAME TO ${(0,n.Cv)(o)}`:"run the restore again"});if(l&&d)throw new S.rk(`database ${e.name}: the rescue ${r} is there, and so are ${o} and ${t}: something has made a new database after a restore began; nothing was changed`,{hint:`look at ${o}, rename or drop it, then run this again`});l&&await c(e,{server:a,database:t},await s(e,e.live));let _=await (0,n.vf)(e,e.live,(0,n.Yo)(eO),{env:{RR_LIVE:o,RR_FRESH:t,RR_RESCUE:r,RR_NOT:i.join("\n")},timeoutMs:12e4});if(0===_.code)return;let p=[..._.stderr.matchAll(/^rr-kept (.*) cannot be ended$/gm)].map(([,e])=>e);if(p.length>0)throw new S.rk(`database ${e.name}: it could not be renamed, because sessions of others are connected to it: ${p.join(", ")}; nothing was changed`,{hint:`stop these programs, or let a superuser run: GRANT pg_signal_backend TO ${(0,n.Cv)(a.user)}`});throw(0,eN.Y)(e,e.live,"the names could not be swapped, and are as before",_)})(R,e,t)}}}),21342:((e,t,r)=>{r.r(t),r.d(t,{applied:()=>E,apply:()=>_,outsideTransactions:()=>d});var a=r(55663),n=r(17221),s=r(92315),o=r(41231),i=r(22150);let l=`SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = '_release_runbook_migrations' AND c.relkind = 'r' AND n.nspname !~ '^pg_' ORDER BY n.nspname <> current_schema() LIMIT 1`;async function E(e,t){let r=`BEGIN READ ONLY;
SELECT format('SELECT json_build_object(''name'', name, ''sha256'', sha256) FROM %s', found) FROM (${l}) t(found) \\gexec
COMMIT;`;return Object.fromEntries((0,i.i7)(await (0,i.ll)(e,t,"what was applied to it cannot be read",r,{admin:!1})).map(({name:e,sha256:t})=>[e,t]))}function d(e){let[t="",r="",a=""]=e;return/^(BEGIN|COMMIT|ROLLBACK|END|ABORT)$/.test(t)&&!("ROLLBACK"===t&&e.includes("TO"))?t:"START"===t&&"TRANSACTION"===r?"START TRANSACTION":"VACUUM"===t||"CLUSTER"===t&&1===e.length?t:e.includes("CONCURRENTLY")&&/^(CREATE|DROP|REINDEX|ALTER)$/.test(t)?`${t} \u{2026} CONCURRENTLY`:"REINDEX"===t&&("DATABASE"===r||"SYSTEM"===r||"SCHEMA"===r)?`REINDEX ${r}`:/^(CREATE|DROP)$/.test(t)&&/^(DATABASE|TABLESPACE|SUBSCRIPTION)$/.test(r)?`${t} ${r}`:"ALTER"===t&&"SYSTEM"===r?"ALTER SYSTEM":"ALTER"===t&&"DATABASE"===r&&e.includes("TABLESPACE")?"ALTER DATABASE \u2026 SET TABLESPACE":"ALTER"===t&&"TYPE"===r&&e.includes("ADD")&&e.includes("VALUE")?"ALTER TYPE \u2026 ADD VALUE":"CALL"===t||"DISCARD"===t&&""===a&&"ALL"===r?t:void 0}let c=`
RR_TEMP=$(mktemp -d) || exit 1
trap 'rm -rf "$RR_TEMP"' EXIT
cat >"$RR_TEMP/file.sql"
cat >"$RR_TEMP/before.sql" <<'RR_SQL'
SET client_min_messages = warning;
${(0,i.sF)("wait","RR_LOCK_MS")}
SET lock_timeout = :'wait';
SELECT format('CREATE TABLE %I._release_runbook_migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  coalesce(current_schema(), 'public')) WHERE NOT EXISTS (${l}) \\gexec
RESET client_min_messages;
RR_SQL
cat >"$RR_TEMP/after.sql" <<'RR_SQL'
${(0,i.sF)("name","RR_NAME")}
${(0,i.sF)("sha256","RR_SHA256")}
RESET ROLE;
SELECT format('INSERT INTO %s (name, sha256) VALUES (%L, %L)', found, :'name', :'sha256') FROM (${l}) t(found) \\gexec
RR_SQL
"$rr_psql" -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=verbose $\{RR_ONE:+-1} -f "$RR_TEMP/before.sql" -f "$RR_TEMP/file.sql" -f "$RR_TEMP/after.sql" >/dev/null
`;async function _(e,t,r){var l,E,_,p;let R,u,m=(l=r.sql,u=e=>l.slice(0,e).split("\n").length,(0,n.I)((0,s.q)(l,"postgres").tokens,"postgres").map(({tokens:e})=>({words:e.filter(({kind:e})=>"word"===e).map(({value:e})=>e),first:u(e[0]?.start??0),last:u(e.at(-1)?.end??0)}))),g=m.map(({words:e})=>d(e)).find(e=>void 0!==e),N=await (0,i.vf)(e,t,c,{input:r.sql,admin:!1,timeoutMs:12*i.iQ,env:{RR_NAME:r.name,RR_SHA256:r.sha256,...void 0===g?{RR_ONE:"1"}:{}}});if(0===N.code)return;let f=void 0===g?`${r.name} was rolled back as a whole`:`${r.name} cannot be one transaction (${g}), so that its statements before this one stay applied`,T=(0,o.u)(N.stderr);if(void 0===T.line||!/file\.sql:\d+: /.test(N.stderr))throw(0,o.Y)(e,t,`${r.name} could not be applied; ${f}`,N);let{hint:$}=(0,o.Y)(e,t,"",N);throw new a.rk(`${T.words}; ${f}`,{at:{file:r.name,line:(E=m,_=T.line,p=T.inStatement,void 0===(R=E.find(({first:e,last:t})=>e<=_&&_<=t))?_:void 0===p?R.first:Math.min(R.first+p-1,R.last)),column:1},hint:$})}}),41231:((e,t,r)=>{r.d(t,{Y:()=>o,u:()=>s});var a=r(55663),n=r(22150);function s(e){let t=/^psql:(?:.*?):(\d+): \S+?:\s+([0-9A-Z]{5}): (.*)$/m.exec(e),r=/^LINE (\d+):/m.exec(e)?.[1],a=void 0===r?void 0:Number(r);if(null!==t)return{code:t[2],words:t[3]??"",line:Number(t[1]),inStatement:a};let n=/^(?:psql:(?:.*?):(\d+): )?\S+?:\s+([0-9A-Z]{5}): (.*)$/m.exec(e);if(null!==n)return{code:n[2],words:n[3]??"",line:void 0,inStatement:a};let s=e.split("\n").filter(e=>""!==e.trim()&&!/^rr-bytes |warning:/i.test(e));return{code:void 0,words:(s.find(e=>/^(pg_dump|pg_restore|psql|initdb|pg_ctl|vacuumdb):.*\b(error|fatal):/i.test(e))??s.find(e=>/\b(FATAL|ERROR):/.test(e))??s.at(-1)??"").replace(/^(pg_dump|pg_restore|psql|initdb|pg_ctl|vacuumdb):\s+(error|fatal):\s+/i,"").replace(/^could not execute query:\s+/,"").replace(/^(ERROR|FATAL):\s+/,"").trim(),line:void 0,inStatement:a}}function o(e,t,r,o){let l=`database ${e.name}: ${r}`,E=/^rr-missing (.*)$/m.exec(o.stderr)?.[1];if(void 0!==E)return new a.rk(`${l}: ${E} is not on host ${e.host.name}`,{hint:"install it there (Debian: apt-get install postgresql-client; RHEL: dnf install postgresql), or name its folder in `programs:`"});if(o.timedOut)return new a.rk(`${l}: no end in time`);let d=s(o.stderr),c=function(e,t,r){let{server:a}=e,s=(0,n.Cv)(a.user),o=`${a.socket??a.host} port ${a.port}`;if(/password authentication failed/.exec(t))return`the server at ${o} refuses user ${a.user} with this password: compare the secret with the application's own`;if(/no password supplied/.exec(t))return"name the secret that holds the password in `password:`, or put it into the URL";if(/Peer authentication failed|Ident authentication failed/.exec(t))return"the server trusts only the system's user of the same name on its socket: use host 127.0.0.1 and a password in the url";if(/no pg_hba\.conf entry/.exec(t))return`let user ${a.user} in from this host: a line in the server's pg_hba.conf, then SELECT pg_reload_conf()`;if(/Connection refused|No such file or directory|timeout expired|could not translate|Network is unreachable/.exec(t))return`is the server up? pg_isready -h ${a.socket??a.host} -p ${a.port}`;if(/too many (clients|connections)|remaining connection slots/.exec(t))return"all connections of the server are taken: SELECT usename, count(*) FROM pg_stat_activity GROUP BY 1";if(/server version mismatch/.exec(t))return"install the client programs of the version of the server";let l=/(?:must be member of role|must be able to SET ROLE) "(.*)"/.exec(t)?.[1];if(void 0!==l)return`let it set this owner: GRANT ${(0,n.Cv)(l)} TO ${s}`;let E=/role "(.*)" does not exist/.exec(t)?.[1];if(void 0!==E)return`the backup needs this role: CREATE ROLE ${(0,n.Cv)(E)}`;if(/permission denied to create database/.exec(t))return`ALTER ROLE ${s} CREATEDB`;let d=/permission denied to create extension "(.*)"/.exec(t)?.[1];if(void 0!==d)return`a superuser makes it once in the template: psql -d template1 -c 'CREATE EXTENSION ${(0,n.Cv)(d)}'`;let c=/must be owner of (database|table|view|sequence|schema|function) (\S+)/.exec(t);if(null!==c)return`GRANT the role that owns ${c[1]} ${c[2]} TO ${s}`;let _=/permission denied for (table|sequence|schema|database|function|view|large object) (\S+)/.exec(t);return null!==_?`GRANT ${i[_[1]??""]??"ALL"} ON ${(_[1]??"").toUpperCase().replace("VIEW","TABLE")} ${_[2]} TO ${s}`:/row-level security/.exec(t)?`row security hides rows from it: ALTER ROLE ${s} BYPASSRLS`:"55P03"===r.code||/lock timeout|could not obtain lock/.exec(t)?"see who holds the lock: SELECT pid, usename, state, xact_start, query FROM pg_stat_activity WHERE datname = current_database(); a longer wait is set by lock-timeout":/out of shared memory/.exec(t)?"raise max_locks_per_transaction of the server":void 0}(t,o.stderr,d);return new a.rk(`${l}: ${""===d.words?`exit ${o.code}`:d.words}`,{hint:c})}let i={table:"SELECT",view:"SELECT",sequence:"SELECT",schema:"USAGE",database:"CONNECT",function:"EXECUTE","large object":"SELECT"}}),22150:((e,t,r)=>{r.d(t,{Cv:()=>L,K$:()=>_,KD:()=>f,Yo:()=>m,hF:()=>l,i7:()=>T,iQ:()=>n,lX:()=>S,ll:()=>R,sF:()=>$,vf:()=>p,wE:()=>u,yy:()=>i});var a=r(41231);let n=36e5,s=`
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
`,i=`
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
${i}
${e}
COMMIT;
`;function E(e,t,r={}){var a;let n,s,{server:o,database:i}=t,l=o.socket??(""===o.host?c(o.parameters,"host"):o.host);return{...void 0===l||""===l?{}:{PGHOST:l},PGPORT:String(o.port),PGUSER:o.user,PGDATABASE:i,...void 0===o.password?{}:{PGPASSWORD:o.password},...(n=Object.fromEntries([...new URLSearchParams((a=o.parameters)??"")].flatMap(([e,t])=>{let r=d[e];return void 0===r?[]:[[r,t]]})),"true"===(s=c(a,"ssl"))||"1"===s?{PGSSLMODE:"require",...n}:n),PGCONNECT_TIMEOUT:"10",PGAPPNAME:"release-runbook",PGCLIENTENCODING:"UTF8",RR_LOCK_MS:String(e.spec["lock-timeout"]??1e4),LC_ALL:"C",...void 0===e.spec.programs?{}:{RR_PROGRAMS:e.spec.programs},...r.admin??"scratch"===o.kind?{RR_ADMIN:"1"}:{}}}let d={sslmode:"PGSSLMODE",sslrootcert:"PGSSLROOTCERT",sslcert:"PGSSLCERT",sslkey:"PGSSLKEY",sslcrl:"PGSSLCRL",channel_binding:"PGCHANNELBINDING",target_session_attrs:"PGTARGETSESSIONATTRS"};function c(e,t){return new URLSearchParams(e??"").get(t)??void 0}function _(e,t,r,a={}){return{text:`${s}rr_sql <<'RR_SQL'
${r}
RR_SQL
`,env:{...E(e,t),RR_VERBOSITY:"terse",...a}}}async function p(e,t,r,a={}){return e.host.shell(`umask 077
${s}${r}`,{env:{...E(e,t,void 0===a.admin?{}:{admin:a.admin}),...a.env},...void 0===a.input?{}:{input:a.input},...void 0===a.onOutput?{}:{onOutput:a.onOutput},timeoutMs:a.timeoutMs??n,whole:!0})}async function R(e,t,r,a,n={}){return f(e,t,r,await p(e,t,`${void 0===n.input?"":g}${N(a)}`,n))}async function u(e,t,r,a,n={}){let s={...n.env,RR_DATABASE:t.database,RR_NOT:(n.not??[]).join("\n")},i=`${void 0===n.input?"":g}${o}${N(a)}`;return f(e,t,r,await p(e,t,i,{...n,env:s}))}let m=e=>`${o}${e}`,g=`
RR_TEMP=$(mktemp -d) && export RR_INPUT="$RR_TEMP/input" || exit 1
trap 'rm -rf "$RR_TEMP"' EXIT
cat >"$RR_INPUT" || exit 1
`,N=e=>`rr_sql <<'RR_SQL'
${e}
RR_SQL
`;function f(e,t,r,n){if(0!==n.code)throw(0,a.Y)(e,t,r,n);return n.stdout}function T(e){return e.split("\n").filter(e=>""!==e).map(e=>JSON.parse(e))}let $=(e,t)=>`\\set ${e} \`printf %s "$${t}"\``,S=e=>`\\set ${e} \`cat "$RR_INPUT"\``,L=e=>`"${e.replaceAll('"','""')}"`}),166:((e,t,r)=>{r.d(t,{Ot:()=>s,dz:()=>E,ht:()=>d});var a=r(55663);let n={mysql:{names:["mysql","mariadb"],port:3306},mariadb:{names:["mysql","mariadb"],port:3306},postgres:{names:["postgres","postgresql"],port:5432},mongodb:{names:["mongodb"],port:27017}};function s(e,t,r){let s=function(e,t,r){let s=/^([a-z][a-z0-9]*)((?:\+[a-z0-9+.-]+)?):\/\/(.*)$/is.exec(r);if(null===s)throw new a.rk(`the url of database ${e} is no URL, expected one such as ${o(t)}`);let[,i="",,l=""]=s;if(!n[t.engine].names.includes(i.toLowerCase()))throw new a.rk(`the url of database ${e} is of scheme "${i}", and its engine is ${t.engine}, expected ${o(t)}`);try{return new URL(`db://${l}`)}catch{throw new a.rk(`the url of database ${e} cannot be read, expected one such as ${o(t)}`,{hint:"characters such as @ : / ? # in a password are written as %40 %3A %2F %3F %23"})}}(e,t,i(e,t.url,r)),l=decodeURIComponent(s.pathname.replace(/^\//,""));if(""===l||l.includes("/"))throw new a.rk(`the url of database ${e} names no database, expected one such as ${o(t)}`);let E=void 0!==t.password?i(e,t.password,r):""===s.password?void 0:decodeURIComponent(s.password),d={kind:"live",host:s.hostname.replace(/^\[|\]$/g,""),port:""===s.port?n[t.engine].port:Number(s.port),user:decodeURIComponent(s.username),password:E,...void 0===t.socket?{}:{socket:t.socket},...""===s.search?{}:{parameters:s.search.slice(1)}};if(""===d.user&&"mongodb"!==t.engine)throw new a.rk(`the url of database ${e} names no user, expected one such as ${o(t)}`);return{server:d,database:l}}let o=e=>`${n[e.engine].names[0]}://user@127.0.0.1:${n[e.engine].port}/shop`;function i(e,t,r){if(!t.startsWith("$"))return t;let n=r[t.slice(1)];if(void 0===n||""===n)throw new a.rk(`the secret ${t} of database ${e} is not set`,{hint:`set it in the step's environment: env: { ${t.slice(1)}: $\{{ secrets.${t.slice(1)} }} }; in a terminal: export ${t.slice(1)}=\u{2026}`});return n}function l(e,{server:t,database:r}){let a=void 0===t.password?"":`:${encodeURIComponent(t.password)}`,n=""===t.user?"":`${encodeURIComponent(t.user)}${a}@`,s=t.host.includes(":")?`[${t.host}]`:t.host,o=void 0===t.parameters?"":`?${t.parameters}`;return`${e}://${n}${s}:${t.port}/${encodeURIComponent(r)}${o}`}function E(e,t){let r=e.url.startsWith("$")?t[e.url.slice(1)]??"":e.url;return/^([a-z][a-z0-9+.-]*):\/\//i.exec(r)?.[1]??n[e.engine].names[0]}function d(e,t,r){let{env:a}=e;if(void 0===a)return{};if("string"==typeof a)return{[a]:l(t,r)};let{server:n,database:s}=r,o={url:l(t,r),host:n.host,port:String(n.port),socket:n.socket??"",user:n.user,password:n.password??"",database:s};return Object.fromEntries(Object.entries(a).flatMap(([e,t])=>void 0===t?[]:[[t,o[e]]]))}}),90408:((e,t,r)=>{r.d(t,{Cf:()=>n,Vy:()=>a,tD:()=>s});let a="if command -v zstd >/dev/null 2>&1; then echo zst; else echo gz; fi\n",n=`
# In a subshell of its own (a pipe, the background) only: it becomes the program, whose /proc/PID/io is then read.
rr_pack() { case "$1" in *.zst) exec zstd -q -T2 -3 -c;; *.gz) exec gzip -c;; *) exec cat;; esac; }
rr_unpack() { case "$1" in *.zst) exec zstd -q -d -c;; *.gz) exec gzip -d -c;; *) exec cat;; esac; }
rr_watch() { # pid field: until the process has ended
  while kill -0 "$1" 2>/dev/null; do
    while read -r name value; do [ "$name" != "$2:" ] || echo "rr-bytes $value"; done 2>/dev/null <"/proc/$1/io" || :
    sleep 0.5
  done
}
rr_dump() {
  rr_to=$1; shift
  rr_fifo="$rr_to.fifo"; rm -f "$rr_fifo"; mkfifo -m 600 "$rr_fifo" || return 97
  {
    if [ -n "$\{rr_began-}" ]; then
      dd bs="$rr_first" count=1 iflag=fullblock 2>/dev/null | rr_pack "$\{rr_to%.partial}" && : >"$rr_began" || exit 97
    fi
    rr_pack "$\{rr_to%.partial}"
  } <"$rr_fifo" >"$rr_to" & rr_packer=$!
  "$@" >"$rr_fifo" & rr_program=$!
  rr_watch "$rr_packer" rchar & rr_watcher=$!
  wait "$rr_program"; rr_code=$?
  kill "$rr_watcher" 2>/dev/null; wait "$rr_watcher" 2>/dev/null
  wait "$rr_packer"; rr_packed=$?
  rm -f "$rr_fifo"
  [ "$rr_code" -eq 0 ] || return "$rr_code"
  [ "$rr_packed" -eq 0 ] || return 97
}
rr_load() {
  rr_from=$1; shift
  rr_fifo="$rr_from.fifo-$$"; rm -f "$rr_fifo"; mkfifo -m 600 "$rr_fifo" || return 97
  rr_unpack "$rr_from" <"$rr_from" >"$rr_fifo" & rr_packer=$!
  rr_watch "$rr_packer" rchar & rr_watcher=$!
  "$@" <"$rr_fifo"; rr_code=$?
  wait "$rr_packer"; rr_packed=$?
  kill "$rr_watcher" 2>/dev/null; wait "$rr_watcher" 2>/dev/null
  rm -f "$rr_fifo"
  [ "$rr_code" -eq 0 ] || return "$rr_code"
  [ "$rr_packed" -eq 0 ] || return 97
}
`;function s(e){return t=>{let r=[...t.matchAll(/^rr-bytes (\d+)$/gm)],a=r.at(-1)?.[1];void 0!==a&&e(Number(a))}}})};