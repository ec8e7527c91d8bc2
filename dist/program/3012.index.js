export const id = 3012;
export const ids = [3012];
export const modules = {

/***/ 3072:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Du: () => (/* binding */ metricDimension),
/* harmony export */   Lc: () => (/* binding */ rowsThreshold),
/* harmony export */   mq: () => (/* binding */ metricThreshold)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9932);

/** What a metric's value is measured in; undefined for a command's number, whose unit its author knows. */
function metricDimension(metric) {
    if ('http' in metric)
        return metric.http.value === 'errors' ? 'percent' : 'duration';
    return 'command' in metric ? undefined : 'rate';
}
/**
 * The metric's `expect:`, read in the dimension of its value.
 * @throws UnitError
 */
function metricThreshold(metric) {
    return metric.expect === undefined ? undefined : (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_0__/* .parseThreshold */ .B7)(metric.expect, metricDimension(metric));
}
/**
 * `rows:` as a threshold on the count; undefined for `kept` or when nothing is expected.
 * @throws UnitError
 */
function rowsThreshold(expectation) {
    const { rows } = expectation;
    return rows === undefined || rows === 'kept' ? undefined : (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_0__/* .parseThreshold */ .B7)(String(rows), 'count');
}


/***/ }),

/***/ 6074:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ startOrder),
/* harmony export */   u: () => (/* binding */ findCycle)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);

/**
 * The services in the order of their start: each behind those it names in `after:`, and otherwise as they are written.
 * Names that are no services are passed over.
 * @throws RunbookError when they wait for each other
 */
function startOrder(services) {
    const cycle = findCycle(services);
    if (cycle !== undefined) {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`services wait for each other: ${cycle.join(' → ')}`, { hint: 'take one "after:" away' });
    }
    const order = [];
    const visit = (name) => {
        if (order.includes(name) || !Object.hasOwn(services, name))
            return;
        for (const before of services[name]?.after ?? [])
            visit(before);
        order.push(name);
    };
    for (const name of Object.keys(services))
        visit(name);
    return order;
}
/** The first cycle found in `after:`, its first service again at its end: a, b, a. */
function findCycle(services) {
    const clear = new Set();
    const visit = (name, path) => {
        const start = path.indexOf(name);
        if (start >= 0)
            return [...path.slice(start), name];
        if (clear.has(name) || !Object.hasOwn(services, name))
            return undefined;
        for (const before of services[name]?.after ?? []) {
            const cycle = visit(before, [...path, name]);
            if (cycle !== undefined)
                return cycle;
        }
        clear.add(name);
        return undefined;
    };
    for (const name of Object.keys(services)) {
        const cycle = visit(name, []);
        if (cycle !== undefined)
            return cycle;
    }
    return undefined;
}


/***/ }),

/***/ 9956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ substitute),
/* harmony export */   w: () => (/* binding */ namesIn)
/* harmony export */ });
const reference = /\$(?:\{([A-Z_][A-Z0-9_]*)\}|([A-Z_][A-Z0-9_]*)(?![A-Za-z0-9_]))/g;
/**
 * Replaces $NAME and ${NAME} (upper case alone: `${name}` is a captured value of a journey) by the variables given, and by
 * nothing else: the process's own environment is not looked at, and what was put in is not read again.
 */
function substitute(text, variables) {
    const unknown = new Set();
    const replaced = text.replace(reference, (whole, braced, plain) => {
        const name = braced ?? plain ?? '';
        const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
        if (value === undefined)
            unknown.add(name);
        return value ?? whole;
    });
    return { text: replaced, unknown: [...unknown] };
}
/** The names of variables that stand in a text, each once. */
function namesIn(text) {
    return substitute(text, {}).unknown;
}


/***/ }),

/***/ 3012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  unsetSecrets: () => (/* binding */ unsetSecrets),
  validate: () => (/* binding */ validate)
});

// EXTERNAL MODULE: ./packages/units/lib/duration.js
var duration = __webpack_require__(7165);
// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
// EXTERNAL MODULE: ./packages/runbook/lib/metric.js
var lib_metric = __webpack_require__(3072);
// EXTERNAL MODULE: ./packages/runbook/lib/order.js
var order = __webpack_require__(6074);
;// CONCATENATED MODULE: ./packages/runbook/lib/ports.js
const hasPort = (service) => service.port !== undefined || service.slots !== undefined;
/**
 * The services that $PORT could stand for where no service is named: those with slots, else those with a port. One of
 * them means that one; several mean that the place must name its service.
 */
function portServices(services) {
    const names = Object.keys(services);
    const slotted = names.filter((name) => services[name]?.slots !== undefined);
    return slotted.length > 0 ? slotted : names.filter((name) => services[name]?.port !== undefined);
}
/** The service that $PORT stands for: the one named, else the only candidate; undefined when there is none or several. */
function portService(services, named) {
    if (named !== undefined)
        return named;
    const candidates = portServices(services);
    return candidates.length === 1 ? candidates[0] : undefined;
}

// EXTERNAL MODULE: ./packages/runbook/lib/sections.js
var lib_sections = __webpack_require__(3408);
// EXTERNAL MODULE: ./packages/runbook/lib/substitute.js
var substitute = __webpack_require__(9956);
;// CONCATENATED MODULE: ./packages/runbook/lib/validate/services.js




/** Services: order, names, ports, slots. */
function checkServices(subject) {
    const { services } = subject.sections;
    if (services === undefined)
        return;
    const cycle = (0,order/* findCycle */.u)(services);
    if (cycle !== undefined) {
        const [first = ''] = cycle;
        subject.problem(['services', first, 'after'], `services wait for each other: ${cycle.join(' → ')}, expected an order`, {
            hint: 'take one "after:" away',
            part: 'key',
        });
    }
    checkProcesses(subject, services);
    checkPorts(subject, services);
    for (const [name, service] of Object.entries(services)) {
        checkSlots(subject, name, service);
        if (service.health !== undefined && usesPort(service.health) && !hasPort(service)) {
            subject.problem(['services', name, 'health'], `$PORT in "health", but "${name}" has no port`, {
                hint: 'add "port: 5000", or slots',
            });
        }
        checkPattern(subject, service.severe, ['services', name, 'severe']);
    }
    checkSameSlots(subject, services);
    checkPortUses(subject, services);
}
function checkPattern(subject, pattern, path) {
    if (pattern === undefined)
        return;
    try {
        new RegExp(pattern);
    }
    catch (error) {
        subject.problem(path, `expected a regular expression: ${error instanceof Error ? error.message : String(error)}`);
    }
}
const usesPort = (text) => (0,substitute/* namesIn */.w)(text).includes('PORT');
/** Two processes of one name in one pm2 would replace each other. */
function checkProcesses(subject, services) {
    const seen = new Map();
    for (const [name, service] of Object.entries(services)) {
        if (!('pm2' in service))
            continue;
        const slots = Object.keys(service.slots ?? {});
        const processes = slots.length === 0 ? [service.pm2] : slots.map((slot) => `${service.pm2}-${slot}`);
        for (const process of processes) {
            const key = `${service.on} ${process}`;
            const other = seen.get(key);
            if (other !== undefined) {
                subject.problem(['services', name, 'pm2'], `the services "${other}" and "${name}" have the same pm2 process "${process}" on "${service.on}", expected a name of its own for each`);
                break;
            }
            seen.set(key, name);
        }
    }
}
function checkPorts(subject, services) {
    const seen = new Map();
    const claim = (host, port, owner, path) => {
        const key = `${host}:${port}`;
        const other = seen.get(key);
        if (other === undefined)
            seen.set(key, owner);
        else
            subject.problem(path, `port ${port} on "${host}" is taken by ${other}, expected a port of its own for ${owner}`);
    };
    for (const [name, service] of Object.entries(services)) {
        if (service.slots === undefined) {
            if (service.port !== undefined)
                claim(service.on, service.port, `"${name}"`, ['services', name, 'port']);
        }
        for (const [slot, { port }] of Object.entries(service.slots ?? {})) {
            claim(service.on, port, `"${name}" slot "${slot}"`, ['services', name, 'slots', slot, 'port']);
        }
    }
}
function checkSlots(subject, name, service) {
    if (service.slots === undefined)
        return;
    const path = ['services', name, 'slots'];
    const slots = Object.entries(service.slots);
    if (slots.length !== 2) {
        subject.problem(path, `"${name}" has ${slots.length === 1 ? 'one slot' : `${slots.length} slots`}, expected two`, {
            hint: 'one slot serves while the other gets the new version: blue and green, for example',
        });
    }
    const [first, second] = slots;
    if (first !== undefined && second !== undefined && normal(first[1].directory) === normal(second[1].directory)) {
        subject.problem([...path, second[0], 'directory'], `the slots "${first[0]}" and "${second[0]}" share the directory "${second[1].directory}", expected one for each: a version lies in each`);
    }
    for (const key of ['port', 'directory']) {
        if (service[key] === undefined)
            continue;
        subject.problem(['services', name, key], `"${key}" beside "slots", expected it in each slot only`, { part: 'key' });
    }
}
const normal = (directory) => directory.replace(/\/+/g, '/').replace(/^\.\/|\/$/g, '');
/** Traffic goes to a slot, and all services of it must be there. */
function checkSameSlots(subject, services) {
    const slotted = Object.entries(services).filter(([, { slots }]) => slots !== undefined);
    const [first, ...others] = slotted;
    if (first === undefined)
        return;
    const wanted = Object.keys(first[1].slots ?? {});
    for (const [name, { slots }] of others) {
        const names = Object.keys(slots ?? {});
        if (names.length !== 2)
            continue;
        if (names.length === wanted.length && names.every((slot) => wanted.includes(slot)))
            continue;
        subject.problem(['services', name, 'slots'], `the slots of "${name}" are called ${names.join(', ')}, expected ${wanted.join(', ')} as those of "${first[0]}": traffic goes to one slot of all services`);
    }
}
/** $PORT in a request stands for one service's port. */
function checkPortUses(subject, services) {
    const { sections } = subject;
    const use = (url, service, path) => {
        if (url === undefined || !usesPort(url))
            return;
        const named = service === undefined ? undefined : services[service];
        if (named !== undefined && !hasPort(named)) {
            subject.problem(path, `$PORT of "${service}", which has no port`, { hint: 'add "port: 5000", or slots, to it' });
        }
        if (service !== undefined)
            return;
        const candidates = portServices(services);
        if (candidates.length === 1)
            return;
        const which = candidates.length === 0 ? 'no service has a port' : `it could be that of ${candidates.join(' or ')}`;
        const hint = candidates.length === 0 ? 'add "port:" or "slots:" to the service' : 'add "service: NAME" beside the url';
        subject.problem(path, `$PORT in the url, but ${which}`, { hint });
    };
    for (const section of lib_sections/* checkSections */.fM) {
        sections[section]?.forEach((check, index) => {
            const path = [section, index];
            if ('http' in check)
                use(check.http.url, check.http.service, [...path, 'http', 'url']);
            if ('polling' in check) {
                use(check.polling.url, check.polling.service, [...path, 'polling', 'url']);
                use(check.polling.full, check.polling.service, [...path, 'polling', 'full']);
                use(check.polling.capture?.url, check.polling.service, [...path, 'polling', 'capture', 'url']);
            }
            if ('journey' in check) {
                const { steps, cleanup = [], service } = check.journey;
                steps.forEach(({ url }, step) => {
                    use(url, service, [...path, 'journey', 'steps', step, 'url']);
                });
                cleanup.forEach(({ url }, step) => {
                    use(url, service, [...path, 'journey', 'cleanup', step, 'url']);
                });
            }
        });
    }
    sections.canary?.metrics?.forEach((metric, index) => {
        if ('http' in metric)
            use(metric.http.url, metric.http.service, ['canary', 'metrics', index, 'http', 'url']);
    });
}

;// CONCATENATED MODULE: ./packages/runbook/lib/validate/judgement.js




/** Metrics, triggers and expectations: what is measured, and what could never be. */
function checkJudgement(subject) {
    checkMetrics(subject);
    checkTriggers(subject);
    for (const [name, migration] of Object.entries(subject.sections.migrate ?? {})) {
        for (const [table, expectation] of Object.entries(migration.expect ?? {})) {
            readable(subject, ['migrate', name, 'expect', table, 'rows'], () => (0,lib_metric/* rowsThreshold */.Lc)(expectation));
        }
    }
}
function readable(subject, path, read) {
    try {
        read();
    }
    catch (error) {
        if (!(error instanceof lib_error/* UnitError */.tR))
            throw error;
        subject.problem(path, `${String(path.at(-1))}: ${error.message}`, { inside: error.offset, hint: error.hint });
    }
}
function checkMetrics(subject) {
    const { canary } = subject.sections;
    const names = new Set();
    canary?.metrics?.forEach((metric, index) => {
        const path = ['canary', 'metrics', index];
        if (names.has(metric.name)) {
            subject.problem([...path, 'name'], `two metrics are called "${metric.name}", expected a name of its own for each`);
        }
        names.add(metric.name);
        readable(subject, [...path, 'expect'], () => (0,lib_metric/* metricThreshold */.mq)(metric));
        if ('log' in metric)
            checkPattern(subject, metric.log.pattern, [...path, 'log', 'pattern']);
        const relative = metric['worse-than-stable'] !== undefined;
        if (metric.expect === undefined && !relative) {
            subject.problem(path, `the metric "${metric.name}" decides nothing, expected "expect" or "worse-than-stable"`, {
                hint: 'for example expect: "< 200 ms"; a metric that is only shown has "dry-run: true" beside it',
            });
        }
        else if (relative && 'forge' in metric) {
            subject.problem([...path, 'worse-than-stable'], 'issues are not told apart by track, expected "expect"', {
                part: 'key',
            });
        }
        else if (relative && metric.expect === undefined && metric['dry-run'] !== true) {
            subject.warn([...path, 'worse-than-stable'], `"${metric.name}" has no meaning at 100%, where there is no stable track left: it decides nothing there`, { part: 'key', hint: 'add "expect:" with an absolute threshold' });
        }
    });
}
function checkTriggers(subject) {
    const { canary, rollback } = subject.sections;
    if (!subject.whole('canary'))
        return;
    const gateMs = canary === undefined ? 0 : canary.each * canary.weights.length;
    rollback?.when?.forEach((trigger, index) => {
        if (trigger.for === undefined || trigger.for <= gateMs)
            return;
        const gate = canary === undefined ? 'there is no canary' : `the gate takes ${(0,duration/* formatDuration */.a3)(gateMs)} in all`;
        subject.warn(['rollback', 'when', index, 'for'], `not yet observed: this trigger must hold for ${(0,duration/* formatDuration */.a3)(trigger.for)}, and ${gate}`, { hint: 'the release reports it as not yet observed, not as passed' });
    });
}

// EXTERNAL MODULE: ./packages/units/lib/nearest.js
var nearest = __webpack_require__(5135);
// EXTERNAL MODULE: ./packages/runbook/lib/finding.js
var finding = __webpack_require__(6619);
// EXTERNAL MODULE: ./packages/runbook/lib/tree.js
var lib_tree = __webpack_require__(64);
;// CONCATENATED MODULE: ./packages/runbook/lib/validate/subject.js



function subjectOf(tree, sections, into) {
    return {
        sections,
        names: (section) => {
            const found = (0,lib_tree/* child */.jf)(tree, section);
            return found?.kind === 'map' ? [...found.entries.keys()] : [];
        },
        whole: (section) => sections[section] !== undefined || !tree.entries.has(section),
        problem: (path, message, more) => into.problems.push({ path, message, ...more }),
        warn: (path, message, more) => into.warnings.push({ path, message, ...more }),
    };
}
const singular = { hosts: 'host', services: 'service', databases: 'database' };
/** Reports a name that its section does not have. Returns whether it has it. */
function refer(subject, section, name, path, part) {
    const known = subject.names(section);
    if (known.includes(name))
        return true;
    const expected = known.length === 0 ? `"${section}:" has none` : `expected one of ${(0,finding/* listed */.KE)(known)}`;
    subject.problem(path, `no ${singular[section]} is called ${JSON.stringify(name)}, ${expected}`, {
        hint: (0,finding/* didYouMean */.au)((0,nearest/* nearest */.p)(name, known)),
        ...(part === undefined ? {} : { part }),
    });
    return false;
}

;// CONCATENATED MODULE: ./packages/runbook/lib/validate/references.js


/** Each name of a host, a service or a database is one that exists. */
function checkReferences(subject) {
    const { sections } = subject;
    for (const [name, service] of Object.entries(sections.services ?? {})) {
        refer(subject, 'hosts', service.on, ['services', name, 'on']);
        service.after?.forEach((other, index) => {
            refer(subject, 'services', other, ['services', name, 'after', index]);
        });
    }
    for (const [name, database] of Object.entries(sections.databases ?? {})) {
        refer(subject, 'hosts', database.on, ['databases', name, 'on']);
    }
    for (const [name, migration] of Object.entries(sections.migrate ?? {})) {
        refer(subject, 'databases', name, ['migrate', name], 'key');
        const old = migration['old-version'];
        if (old !== undefined)
            refer(subject, 'services', old, ['migrate', name, 'old-version']);
    }
    sections['stop-writes']?.forEach((name, index) => {
        refer(subject, 'services', name, ['stop-writes', index]);
    });
    if (sections.record !== undefined)
        refer(subject, 'hosts', sections.record.on, ['record', 'on']);
    for (const section of lib_sections/* checkSections */.fM) {
        sections[section]?.forEach((check, index) => {
            checkOf(subject, check, [section, index]);
        });
    }
    checkDeploy(subject);
    checkCanary(subject);
    checkCopies(subject);
}
function checkOf(subject, check, path) {
    for (const [kind, options] of Object.entries(check)) {
        const { on, service, database } = options;
        if (on !== undefined)
            refer(subject, 'hosts', on, [...path, kind, 'on']);
        if (service !== undefined)
            refer(subject, 'services', service, [...path, kind, 'service']);
        if (database !== undefined)
            refer(subject, 'databases', database, [...path, kind, 'database']);
    }
}
function checkDeploy(subject) {
    subject.sections.deploy?.forEach((item, index) => {
        if ('restart' in item) {
            refer(subject, 'services', item.restart, ['deploy', index, 'restart']);
            return;
        }
        if (item.on !== undefined)
            refer(subject, 'hosts', item.on, ['deploy', index, 'on']);
        if (item.service !== undefined)
            refer(subject, 'services', item.service, ['deploy', index, 'service']);
        const hosts = subject.names('hosts');
        if (item.on === undefined && item.service === undefined && hosts.length !== 1) {
            const which = hosts.length === 0 ? 'there are no hosts' : `there are ${hosts.length} hosts`;
            subject.problem(['deploy', index], `"${item.name}" does not say where it runs, and ${which}`, {
                hint: 'add "on: HOST" or "service: SERVICE"',
            });
        }
    });
}
function checkCanary(subject) {
    const { canary } = subject.sections;
    if (canary === undefined)
        return;
    refer(subject, 'hosts', canary.traffic.command.on, ['canary', 'traffic', 'command', 'on']);
    canary.metrics?.forEach((metric, index) => {
        const path = ['canary', 'metrics', index];
        if ('command' in metric)
            refer(subject, 'hosts', metric.command.on, [...path, 'command', 'on']);
        if ('log' in metric && metric.log.service !== undefined) {
            refer(subject, 'services', metric.log.service, [...path, 'log', 'service']);
        }
        if ('http' in metric && metric.http.service !== undefined) {
            refer(subject, 'services', metric.http.service, [...path, 'http', 'service']);
        }
    });
}
/** A copy beside the original dies with it. */
function checkCopies(subject) {
    const { backup, databases, hosts } = subject.sections;
    backup?.copies?.forEach((copy, index) => {
        const path = ['backup', 'copies', index];
        if ('on' in copy && !refer(subject, 'hosts', copy.on, [...path, 'on']))
            return;
        for (const [name, database] of Object.entries(databases ?? {})) {
            const host = hosts?.[database.on];
            const same = 'on' in copy ? copy.on === database.on : host !== undefined && 'ssh' in host && host.ssh === copy.ssh;
            if (!same)
                continue;
            subject.warn([...path, 'on' in copy ? 'on' : 'ssh'], `this copy lies on the same host as the database "${name}", expected another host: what takes one takes both`);
            return;
        }
    });
}

;// CONCATENATED MODULE: ./packages/runbook/lib/validate/release.js
/** The parts that must fit together for a release to go there and back: deploy, slots, canary, undo. */
function checkRelease(subject) {
    checkItems(subject);
    checkSlotsAndCanary(subject);
    checkWeights(subject);
    checkUndo(subject);
}
/** Items are found by their names in the record. */
function checkItems(subject) {
    const seen = new Map();
    subject.sections.deploy?.forEach((item, index) => {
        const restart = 'restart' in item;
        const name = restart ? item.restart : item.name;
        const other = seen.get(name);
        const path = ['deploy', index, restart ? 'restart' : 'name'];
        if (other === undefined)
            seen.set(name, restart ? 'restart' : 'item');
        else if (restart && other === 'restart') {
            subject.problem(path, `"${name}" is restarted a second time, expected once`, {
                hint: 'put all changes before one restart',
            });
        }
        else {
            const what = other === 'restart' || restart ? 'an item and a restart have' : 'two items have';
            subject.problem(path, `${what} the name "${name}", expected one of its own for each: the record finds them by it`);
        }
    });
}
function checkSlotsAndCanary(subject) {
    const { services, canary, deploy } = subject.sections;
    if (services === undefined || !subject.whole('canary')) {
        if (canary !== undefined && subject.names('services').length === 0)
            noSlots(subject);
        return;
    }
    const slotted = Object.keys(services).filter((name) => services[name]?.slots !== undefined);
    const [first] = slotted;
    if (canary === undefined) {
        if (first === undefined)
            return;
        subject.problem(['services', first, 'slots'], `"${first}" has slots, but no "canary:" moves the traffic to the new one`, {
            hint: 'add "canary:" with your router and "weights: [100%]" for one switch, or take the slots away',
        });
        return;
    }
    if (first === undefined) {
        noSlots(subject);
        return;
    }
    if (!subject.whole('deploy'))
        return;
    for (const name of slotted) {
        if (deploy?.some((item) => 'restart' in item && item.restart === name))
            continue;
        subject.problem(['services', name], `"deploy:" does not start "${name}", so its idle slot would get traffic and no new version`, {
            hint: `add "- restart: ${name}" to "deploy:"`,
        });
    }
}
function noSlots(subject) {
    subject.problem(['canary'], 'a canary, but no service has slots: two versions cannot run at once in one place', {
        part: 'key',
        hint: 'add "slots: { blue: { port: 5000, directory: blue }, green: { port: 5001, directory: green } }" to the service, or take "canary:" away',
    });
}
function checkWeights(subject) {
    const weights = subject.sections.canary?.weights;
    if (weights === undefined)
        return;
    weights.forEach((weight, index) => {
        const before = weights[index - 1] ?? 0;
        if (weight > before)
            return;
        const than = index === 0 ? '0%' : `the ${before}% before it`;
        subject.problem(['canary', 'weights', index], `the weight ${weight}% does not rise, expected more than ${than}`);
    });
    const last = weights.at(-1);
    if (last !== undefined && last !== 100) {
        subject.problem(['canary', 'weights', weights.length - 1], `the weights end at ${last}%, expected 100% at the end`, {
            hint: 'add "100%"',
        });
    }
}
const restores = (migration) => typeof migration.undo === 'object' && !Array.isArray(migration.undo) && 'restore' in migration.undo;
/** A restore takes away what was written since the backup. */
function checkUndo(subject) {
    const { migrate, canary, 'stop-writes': stopWrites } = subject.sections;
    for (const [name, migration] of Object.entries(migrate ?? {})) {
        if (!restores(migration))
            continue;
        const path = ['migrate', name, 'undo'];
        if (canary !== undefined) {
            subject.problem(path, 'undo by restore in a release with a canary: both versions write, and a restore would lose it', {
                hint: 'use "undo: keep" (the old version works on the new schema), or a script that leads back',
            });
        }
        else if (subject.whole('stop-writes') && (stopWrites === undefined || stopWrites.length === 0)) {
            subject.problem(path, 'undo by restore, but nothing stops writes: what is written after the backup would be lost', {
                hint: 'add "stop-writes: [SERVICE]", or use "undo: keep" or a script that leads back',
            });
        }
    }
}

;// CONCATENATED MODULE: ./packages/runbook/lib/validate.js





/** What the schemas of the sections cannot see: whether the parts fit together. Sections with mistakes are passed over. */
function validate(tree, sections) {
    const findings = { problems: [], warnings: [] };
    const subject = subjectOf(tree, sections, findings);
    checkReferences(subject);
    checkServices(subject);
    checkRelease(subject);
    checkJudgement(subject);
    return findings;
}
/** Secrets that hosts need and the environment of the step does not have. */
function unsetSecrets(sections, variables) {
    return Object.entries(sections.hosts ?? {}).flatMap(([name, host]) => ['key', 'known-hosts'].flatMap((key) => {
        const secret = 'ssh' in host ? host[key] : undefined;
        if (secret === undefined || (variables[secret.slice(1)] ?? '') !== '')
            return [];
        return [
            {
                path: ['hosts', name, key],
                message: `${secret} is not set in the environment of this step, expected the secret's value there`,
                hint: `in a workflow: env: { ${secret.slice(1)}: "\${{ secrets.${secret.slice(1)} }}" }`,
            },
        ];
    }));
}


/***/ })

};
