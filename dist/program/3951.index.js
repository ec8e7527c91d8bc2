export const id=3951;export const ids=[3951];export const modules={3951:((e,t,a)=>{a.d(t,{renderEvidence:()=>c});var n=a(7165),s=a(4789),r=a(9306),i=a(8985),o=a(176);function c(e,t){let a=(0,r.messages)(t),{plan:c,checks:p,rehearsals:f}=e,u=(0,i.wS)(c,a,"##");if(f.length>0){let e=f.flatMap(({database:e,upMs:t,downMs:r,oldVersion:i,problems:o})=>{let c=void 0===r?void 0:(0,n.a3)(r);return[`- ${(0,s.escapeText)(a.plan.rehearsed(e,(0,n.a3)(t),c,i))}`,...o.map(e=>`- \u{274C} ${(0,s.escapeText)(e)}`)]});u.push(`### ${a.plan.rehearsal}

${e.join("\n")}`)}if(p.length>0){let e=p.map(({name:e,verdict:t,text:n})=>[(0,s.escapeText)(e),(0,s.escapeText)(a.verdict[t]),(0,s.escapeText)(n)]);u.push(`### ${a.verdicts}

${(0,o.tp)([a.itemTitle,a.verdictTitle,a.numbers],e)}`)}return`${u.join("\n\n")}
`}}),8985:((e,t,a)=>{a.d(t,{Vk:()=>c,u:()=>p,wS:()=>o});var n=a(7165),s=a(4789);a(9306);var r=a(176),i=a(5262);function o(e,t,a){var o,f,u;let l=t.plan,m=`${a}#`,d=[`${a} ${(0,s.escapeText)(l.title(e.system,e.version,e.environment))}

**${(0,s.escapeText)((0,i.r)(e.wayBack,t.locale))}**

${(0,s.escapeText)(l.from(e.previous))}`];e.warnings.length>0&&d.push(`${m} ${l.warnings}

${e.warnings.map(e=>`- \u{26A0}\u{FE0F} ${(0,s.escapeText)(e)}`).join("\n")}`),d.push((0,r.tp)([t.step,t.itemTitle,l.what,l.undo,l.forecast],e.items.map(e=>[(0,s.escapeText)(p(e.step,t)),(0,s.escapeText)(e.item),(0,s.escapeText)(e.what),(0,s.escapeText)(e.undo??l.changesNothing),void 0===e.forecastMs?"":(0,s.escapeText)((0,n.a3)(e.forecastMs))])));let h=c(e);return void 0!==h&&d.push((0,s.escapeText)(l.total((0,n.a3)(h)))),d.push((o=e,f=l,u=m,void 0===o.schema?f.notRehearsed:0===o.schema.length?f.schemaSame:`${u} ${f.schema}

${(0,s.fence)(o.schema.join("\n"),"diff")}`),`${l.digest}: ${(0,s.code)(e.digest)}`),d}function c(e){let t=e.items.flatMap(e=>void 0===e.forecastMs?[]:[e.forecastMs]);return 0===t.length?void 0:t.reduce((e,t)=>e+t,0)}function p(e,t){return Object.hasOwn(t.stepName,e)?t.stepName[e]:e}}),176:((e,t,a)=>{function n(e,t){let a=e=>`| ${e.map(e=>""===e?" ":e).join(" | ")} |`;return[a(e),a(e.map(()=>"---")),...t.map(a)].join("\n")}function s(e){let t=0;for(let a of e)t+=/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(a)?2:1;return t}function r(e,t="  "){let a=[];for(let t of e)t.forEach((e,t)=>{a[t]=Math.max(a[t]??0,s(e))});return e.map(e=>(t+e.map((t,n)=>n===e.length-1?t:t+" ".repeat((a[n]??0)-s(t))).join("  ")).trimEnd()).join("\n")}a.d(t,{VL:()=>s,YB:()=>r,tp:()=>n})})};