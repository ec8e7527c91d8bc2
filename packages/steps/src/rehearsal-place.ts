import type { Backup, Database } from '@release-runbook/databases/types';
import { AGENT } from '@release-runbook/hosts/agent';
import { jobFolder } from '@release-runbook/hosts/supervise';
import type { Host } from '@release-runbook/hosts/types';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from './context.ts';

/**
 * What a rehearsal has for itself, so that two at once do not meet: its copies and the old version that it starts are named by
 * its label. Labels are used again, the lowest that is free first: what a dead rehearsal left under its label is replaced then.
 */
export interface RehearsalPlace {
  /** `rehearsal-main-1` */
  readonly label: string;
  /** Its last holder died: what that left may still be there. */
  readonly inherited: boolean;
  /** Removes what the rehearsal's jobs left on the host, and gives the label back. */
  leave(): Promise<void>;
}

/** A rehearsal outside of any release has a release's name of its own. */
const OUTSIDE = 'rehearsal-';

export function rehearsalName(ctx: StepContext): string {
  return `${OUTSIDE}${ctx.holder.nonce.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 16)}`;
}

/** A label whose holder has been silent for a day goes first; so do files and jobs of rehearsals that nobody took away. */
const TAKE = `${AGENT}
rr_mutex
for kind in files jobs; do
  [ ! -d "$RR_STATE/$kind" ] || find "$RR_STATE/$kind" -mindepth 1 -maxdepth 1 -name 'rehearsal-*' -mmin +1440 -exec rm -rf {} +
done
places="$RR_STATE/rehearsals/$RR_DATABASE"
mkdir -p "$places" && cd "$places" || exit 73
old=$(find . -mindepth 1 -maxdepth 1 -type f -mmin +1440 | sort | head -n 1)
if [ -n "$old" ]; then n=\${old#./}; else n=1; while [ -e "$n" ]; do n=$((n + 1)); done; fi
printf '%s\\n' "$RR_RELEASE" >"$n" && [ -s "$n" ] || { rm -f "$n"; exit 73; }
echo "$n \${old:+dead}"
`;

const LEAVE = `
rm -rf "$RR_STATE/$RR_JOBS"_*
rm -f "$RR_STATE/rehearsals/$RR_DATABASE/$RR_NUMBER"
`;

const REMOVE = 'rm -rf "$RR_STATE/files/$RR_RELEASE" "$RR_STATE/jobs/$RR_RELEASE"\n';

const FREE = `
cd "$RR_STATE/rehearsals/$RR_DATABASE" 2>/dev/null || exit 0
for n in *; do
  [ -f "$n" ] && read -r release <"$n" && [ "$release" = "$RR_RELEASE" ] || continue
  rm -f "$n"; echo "$n"
done
`;

const labelOf = (database: Database, number: string) => `rehearsal-${database.name}-${number}`;

export async function takePlace(ctx: StepContext, database: Database, release: string): Promise<RehearsalPlace> {
  const { host, name } = database;
  const taken = await host.shell(TAKE, { env: { RR_DATABASE: name, RR_RELEASE: release } });
  const [, number = '', dead] = /^(\d+) (dead)?$/m.exec(taken.stdout) ?? [];
  if (taken.code !== 0 || number === '')
    throw new RunbookError(
      `host ${host.name}: no place for the rehearsal of ${name}: ${taken.stderr.trim() || `exit ${taken.code}`}; nothing was changed`,
      { hint: `is there space left? df -h ${await host.state()}` },
    );
  return {
    label: labelOf(database, number),
    inherited: dead !== undefined,
    leave: () =>
      orTell(ctx, host, LEAVE, {
        RR_DATABASE: name,
        RR_NUMBER: number,
        RR_JOBS: jobFolder(release, `rehearsal:${name}`),
      }),
  };
}

/** Removes the files and jobs of a rehearsal outside of a release; those of a release stay, since its undo runs from them. */
export async function removeRehearsal(ctx: StepContext, name: string): Promise<void> {
  const hosts = new Map(Object.values(ctx.databases).map(({ host }) => [host.name, host]));
  for (const host of hosts.values()) await orTell(ctx, host, REMOVE, { RR_RELEASE: name });
}

/** Past the fence, whose own entry lies among the jobs. */
async function orTell(
  ctx: StepContext,
  host: Host,
  text: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  try {
    await host.shell(text, { env, unfenced: true });
  } catch (error) {
    ctx.platform.log(`what the rehearsal left on ${host.name} was not removed: ${ctx.redact(String(error))}`);
  }
}

/** Gives back the labels that a dead runner's rehearsal of this release held. What lies under them is replaced by their next use. */
export async function freePlaces(database: Database, release: string): Promise<readonly string[]> {
  const freed = await database.host.shell(FREE, { env: { RR_DATABASE: database.name, RR_RELEASE: release } });
  return freed.stdout
    .split('\n')
    .filter((number) => number !== '')
    .map((number) => labelOf(database, number));
}

/**
 * The newest verified backup. Those that rehearsals made for want of another are deleted a day later, once there is a newer one:
 * until then such a backup is as good as any, and the next rehearsal needs none of its own.
 */
export async function newestBackup(ctx: StepContext, database: Database): Promise<Backup | undefined> {
  const all = await database.backups();
  const newest = all.findLast(({ verified }) => verified !== undefined);
  const yesterday = new Date(ctx.clock.now().getTime() - 24 * 3600_000).toISOString();
  const old = all.filter(
    (backup) => backup !== newest && backup.id.startsWith(`${database.name}-${OUTSIDE}`) && backup.at < yesterday,
  );
  if (old.length > 0)
    await database.prune(
      1,
      all.filter((backup) => !old.includes(backup)).map(({ id }) => id),
    );
  return newest;
}
