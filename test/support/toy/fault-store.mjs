/**
 * A store in front of the real one that ends its own process by SIGKILL at a chosen point. A point is an event (its kind, step
 * and item, and the how-many-th of that name) and a moment: before its append, after it, or so many ms after it, while the
 * change that it announced is under way.
 *
 * `split`: an announcement and the start of its job become two calls, so that there is a moment between them. Otherwise they
 * are one call to the host, as in production, and only the moments after it can be chosen.
 */
export function faultStore(store, { fault, split, trace }) {
  const seen = new Map();
  const name = (event) => {
    const plain = `${event.event} ${event.step}${event.item === undefined ? '' : ` ${event.item}`}`;
    const nth = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, nth);
    return `${plain} #${nth}`;
  };
  const die = () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  };
  let appends = 0;
  const note = (key) => trace.push({ key, at: performance.now(), append: appends });
  const hit = (key, moment) => fault !== null && fault.key === key && fault.moment === moment;
  return {
    ...store,
    async append(release, seq, lease, events) {
      const keys = events.map(name);
      const index = fault === null ? -1 : keys.indexOf(fault.key);
      if (index >= 0 && fault.moment !== 'during') {
        // An append of several events can be torn between any two of them.
        const whole = events.slice(0, fault.moment === 'before' ? index : index + 1);
        if (whole.length > 0) await store.append(release, seq, lease, whole);
        return await die();
      }
      const done = await store.append(release, seq, lease, events);
      appends++;
      for (const key of keys) {
        note(key);
        if (hit(key, 'during')) setTimeout(die, fault.delayMs);
      }
      return done;
    },
    announce(host, release, seq, lease, event) {
      if (split) return undefined;
      const announcement = store.announce(host, release, seq, lease, event);
      if (announcement === undefined) return undefined;
      const key = name(event);
      appends++;
      note(key);
      if (hit(key, 'during')) setTimeout(die, fault.delayMs);
      return announcement;
    },
  };
}
