import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 99:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:sqlite");

/***/ }),

/***/ 877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

/***/ }),

/***/ 537:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(877);
/**
 * The client protocol for Node: a program of its own, `node sqlite-client.mjs`. Takes node:sqlite where Node has it with
 * its backup function (>= 22.16), else node-sqlite3-wasm. The two lock in different ways: every program that opens the
 * file must take the same one; SQLITE_LIBRARY=node or wasm says which.
 */



async function connect(path, busyMs) {
    if (!node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync(path))
        throw new Error(`no such file: ${path}`);
    const wanted = process.env['SQLITE_LIBRARY'];
    if (wanted !== 'wasm') {
        const native = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 99, 19)).catch(() => undefined);
        if (typeof native?.backup === 'function')
            return nativeConnection(native, path, busyMs);
        if (wanted === 'node')
            throw new Error(`Node ${process.versions.node} has no node:sqlite with backup(); 22.16 or newer does`);
    }
    return wasmConnection(path, busyMs);
}
function nativeConnection(native, path, busyMs) {
    const db = new native.DatabaseSync(path, { enableForeignKeyConstraints: false, timeout: busyMs });
    const prepare = (sql) => {
        const statement = db.prepare(sql);
        statement.setReadBigInts(true);
        statement.setReturnArrays(true);
        return statement;
    };
    const version = String(prepare('SELECT sqlite_version()').all().map(Object.values)[0]);
    return {
        version,
        all(sql) {
            const statement = prepare(sql);
            return { rows: statement.all(), columns: statement.columns().map((c) => c.name) };
        },
        each(sql, take) {
            for (const row of prepare(sql).iterate())
                take(row[0] ?? null);
        },
        async backup(to, tell) {
            const size = Number(prepare('PRAGMA page_size').all()[0]?.[0]);
            await native.backup(db, to, {
                rate: 1024,
                progress: ({ totalPages, remainingPages }) => tell((totalPages - remainingPages) * size, totalPages * size),
            });
        },
        close: () => db.close(),
    };
}
async function wasmConnection(path, busyMs) {
    const header = Buffer.alloc(20);
    const file = node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync(path, 'r');
    node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync(file, header, 0, 20, 0);
    node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync(file);
    if (header[18] === 2)
        throw new Error('the database is in WAL mode, which node-sqlite3-wasm does not know; take python3, sqlite3, or Node 22.16 or newer');
    // It looks for its .wasm in __dirname, which a bundle as ES module lacks: there, the file lies beside this program.
    Object.assign(globalThis, { __dirname: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync(process.argv[1] ?? '.')) });
    // For a few statements, V8's optimizing compiler costs more than all the rest.
    (0,node_v8__WEBPACK_IMPORTED_MODULE_2__.setFlagsFromString)('--liftoff-only');
    const wasm = await __nccwpck_require__.e(/* import() */ 183).then(__nccwpck_require__.t.bind(__nccwpck_require__, 183, 19));
    const { Database } = wasm.default ?? wasm;
    freeStaleLock(path);
    const db = new Database(path, { fileMustExist: true });
    // This library's own busy handler sleeps whole seconds, so waiting is done here.
    db.exec('PRAGMA busy_timeout = 0; PRAGMA foreign_keys = OFF');
    const rows = (sql) => patiently(busyMs, () => db.all(sql));
    return {
        version: String(rows('SELECT sqlite_version() AS v')[0]?.['v']),
        all(sql) {
            const found = rows(sql);
            return { columns: Object.keys(found[0] ?? {}), rows: found.map((row) => Object.values(row)) };
        },
        each(sql, take) {
            const statement = patiently(busyMs, () => db.prepare(sql));
            try {
                for (const row of statement.iterate())
                    take(Object.values(row)[0] ?? null);
            }
            finally {
                statement.finalize();
            }
        },
        async backup(to, tell) {
            // This library has no backup function and no WAL: while the open transaction holds its lock (which is exclusive
            // among its users), the file is the snapshot.
            if (!db.inTransaction)
                throw new Error('a backup needs an open transaction');
            node_fs__WEBPACK_IMPORTED_MODULE_0__.copyFileSync(path, to);
            node_fs__WEBPACK_IMPORTED_MODULE_0__.chmodSync(to, 0o600);
            const { size } = node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync(to);
            tell(size, size);
        },
        close: () => db.close(),
    };
}
/** Tries again while another program holds the lock. */
function patiently(busyMs, work) {
    const end = performance.now() + busyMs;
    for (;;) {
        try {
            return work();
        }
        catch (error) {
            if (!/database is locked/.test(error.message) || performance.now() > end)
                throw error;
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
        }
    }
}
/** node-sqlite3-wasm locks by a folder, which a killed program leaves behind. Without anybody who has the file open it is stale. */
function freeStaleLock(path) {
    const lock = `${path}.lock`;
    const since = node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (process.platform !== 'linux' || since === undefined || Date.now() - since < 1000)
        return;
    const { dev, ino } = node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync(path);
    for (const pid of node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync('/proc')) {
        if (!/^\d+$/.test(pid) || Number(pid) === process.pid)
            continue;
        try {
            for (const fd of node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync(`/proc/${pid}/fd`)) {
                const open = node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync(`/proc/${pid}/fd/${fd}`, { throwIfNoEntry: false });
                if (open?.ino === ino && open.dev === dev)
                    return;
            }
        }
        catch (error) {
            // Another user's process: whether it has the file open cannot be seen, so the lock stays.
            if (error.code === 'EACCES' && mayOpen(pid))
                return;
        }
    }
    node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync(lock, { recursive: true, force: true });
}
/** Kernel threads and the like have no command line and open no databases. */
function mayOpen(pid) {
    try {
        return /\b(node|bun|deno)\b/.test(node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    }
    catch {
        return false;
    }
}
function wire(value) {
    if (typeof value === 'bigint')
        return Number.isSafeInteger(Number(value)) ? Number(value) : { int: String(value) };
    if (value instanceof Uint8Array)
        return { blob: Buffer.from(value).toString('hex') };
    if (typeof value === 'number' && !Number.isFinite(value))
        return { real: String(value) };
    return value;
}
async function runStep(db, step) {
    const start = performance.now();
    if ('backup' in step) {
        let last = 0;
        await db.backup(step.backup, (done, total) => {
            if (Date.now() - last < 500 && done < total)
                return;
            last = Date.now();
            node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync(1, `progress ${done} ${total}\n`);
        });
        return { columns: [], rows: [], ms: performance.now() - start };
    }
    if ('to' in step) {
        const file = node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync(step.to, 'w', 0o600);
        try {
            db.each(step.sql, (line) => node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync(file, `${String(line)}\n`));
            node_fs__WEBPACK_IMPORTED_MODULE_0__.fsyncSync(file);
        }
        finally {
            node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync(file);
        }
        return { columns: [], rows: [], ms: performance.now() - start };
    }
    const { columns, rows } = db.all(step.sql);
    return { columns, rows: rows.map((row) => row.map(wire)), ms: performance.now() - start };
}
async function reply(text) {
    let at = -1;
    try {
        const request = JSON.parse(text);
        const db = await connect(request.path, request.busyMs);
        try {
            for (const { as, path } of request.attach) {
                if (!node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync(path))
                    throw new Error(`no such file: ${path}`);
                db.all(`ATTACH '${path.replaceAll("'", "''")}' AS "${as}"`);
            }
            const results = [];
            for (const step of request.steps) {
                at++;
                results.push(await runStep(db, step));
            }
            return { ok: true, version: db.version, results };
        }
        finally {
            db.close();
        }
    }
    catch (error) {
        return { ok: false, at, message: error.message };
    }
}
let answer = JSON.stringify(await reply(node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync(0, 'utf8')));
if (answer.length > 1_000_000)
    answer = JSON.stringify({ ok: false, at: -1, message: 'the result is larger than 1 MB' });
process.stdout.write(`${answer}\n`);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(537);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
