// Loaded before a measured program: tells on descriptor 3 what it has cost, at its end or, with BENCH_UNTIL=spawn, when it is
// about to start its first program, which is then not started.
const { writeSync } = require('node:fs');

let told = false;
function tell() {
  if (told) return;
  told = true;
  const { user, system } = process.cpuUsage();
  writeSync(
    3,
    JSON.stringify({ cpuMs: (user + system) / 1000, elapsedMs: performance.now(), at: process.env.BENCH_UNTIL }),
  );
}

if (process.env.BENCH_UNTIL === 'spawn') {
  const programs = require('node:child_process');
  programs.spawn = () => {
    tell();
    process.reallyExit(0);
  };
  require('node:module').syncBuiltinESMExports();
  process.on('exit', () => {
    if (told) return;
    told = true;
    writeSync(3, JSON.stringify({ problem: 'ended before its step began' }));
  });
} else process.on('exit', tell);
