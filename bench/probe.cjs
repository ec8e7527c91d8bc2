// Loaded before a measured program: tells on descriptor 3 what it has cost, at its end or, with BENCH_UNTIL=spawn, when it is
// about to start its first program, which is then not started. Apart from that: what keeping its compiled code costs, which
// Node would do once it has ended; with BENCH_KEEP=no it is not kept.
const { writeSync } = require('node:fs');

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

let told = false;
function tell(problem) {
  if (told) return;
  told = true;
  const cost = { cpuMs: cpuMs(), elapsedMs: performance.now() };
  if (process.env.BENCH_KEEP !== 'no') require('node:module').flushCompileCache?.();
  writeSync(3, JSON.stringify({ ...cost, keepMs: cpuMs() - cost.cpuMs, problem }));
}

if (process.env.BENCH_UNTIL === 'spawn') {
  const programs = require('node:child_process');
  programs.spawn = () => {
    tell();
    process.reallyExit(0);
  };
  require('node:module').syncBuiltinESMExports();
  process.on('exit', () => tell('ended before its step began'));
} else process.on('exit', () => tell());
