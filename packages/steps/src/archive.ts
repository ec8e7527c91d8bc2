import { posix } from 'node:path';
import type { Recorder } from '@release-runbook/record/recorder';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';
import type { StepContext } from './context.ts';
import { copyFile } from './copies/copy.ts';

/**
 * Packs files of a host (configuration, the build that serves) beside its backups, reads the archive back, and copies it. What
 * was read back is what tar finds different from the files themselves: nothing.
 */
const PACK = `
set -u
umask 077
mkdir -p "$(dirname "$RR_FILE")" || exit 73
tar -czf "$RR_FILE.partial" -- "$@" || exit 1
tar -dzf "$RR_FILE.partial" || exit 2
sync "$RR_FILE.partial" && mv "$RR_FILE.partial" "$RR_FILE" && sync "$(dirname "$RR_FILE")" || exit 73
tar -tzf "$RR_FILE" | wc -l
wc -c <"$RR_FILE"
sha256sum <"$RR_FILE"
`;

/** Old archives of one name: only the newest stay. */
const PRUNE = `
cd "$(dirname "$RR_FILE")" || exit 0
ls -1 | awk -v n="$RR_NAME-" 'index($0, n) == 1 && substr($0, length(n) + 1) ~ /^[0-9]+T[0-9]+Z-.*[.]tar[.]gz$/' | sort | head -n "-$RR_KEEP" | while read -r f; do rm -f "$f"; done`;

export async function archive(ctx: StepContext, recorder: Recorder): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const spec of ctx.runbook.backup.archive ?? []) {
    const host = ctx.hosts.get(spec.on);
    const file = posix.join(await host.state(), 'archives', `${spec.name}-${recorder.release}.tar.gz`);
    const made = await recorder.change('backup', {
      item: `archive:${spec.name}`,
      undo: null,
      make: async () => {
        const packed = await host.shell(`set -- ${spec.paths.map((_, i) => `"$RR_PATH_${i}"`).join(' ')}\n${PACK}`, {
          env: { RR_FILE: file, ...Object.fromEntries(spec.paths.map((path, i) => [`RR_PATH_${i}`, path])) },
          timeoutMs: 3_600_000,
        });
        if (packed.code !== 0)
          throw new RunbookError(
            `the archive ${spec.name} of ${spec.paths.join(', ')} on ${host.name} ${packed.code === 2 ? 'does not hold what the files hold' : 'could not be made'}: ${packed.stderr.trim().split('\n').at(-1)}`,
            { hint: "look whether the paths are there, relative to the host's `directory`; nothing else was changed" },
          );
        const [files = '0', bytes = '0', sum = ''] = packed.stdout.trim().split('\n');
        const [sha256 = ''] = sum.trim().split(/\s+/);
        const what = `archive ${spec.name}`;
        const copies = await copyFile(ctx, host, { path: file, bytes: Number(bytes), what });
        return {
          value: `${what}: ${counted(Number(files), 'file')}, ${formatSize(Number(bytes))}`,
          data: { path: file, bytes: Number(bytes), sha256, files: Number(files), copies },
        };
      },
    });
    if (made === undefined) continue;
    texts.push(made.value);
    ctx.platform.log(`${made.value}: ${file}`);
    await host.shell(PRUNE, {
      env: { RR_FILE: file, RR_NAME: spec.name, RR_KEEP: String(ctx.runbook.backup.keep ?? 14) },
    });
  }
  return texts;
}
