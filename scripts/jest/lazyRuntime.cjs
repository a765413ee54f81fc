const fs = require('node:fs');
const path = require('node:path');
// Jest's own, in the version of the jest that is installed.
const { default: JestRuntime } = require('jest-runtime');

const TEST_UTILS = '@backstage/backend-test-utils';

/** Which file of the test utilities has which export. */
const PARTS = {
  TestDatabases: 'database/TestDatabases.cjs.js',
  createMockDirectory: 'filesystem/MockDirectory.cjs.js',
  mockCredentials: 'services/mockCredentials.cjs.js',
  mockServices: 'services/mockServices.cjs.js',
  startTestBackend: 'wiring/TestBackend.cjs.js',
};

/** Modules that are long to load, for those who may never use what they export. */
const LONG = [
  {
    from: /\/backend-test-utils\/dist\/services\//,
    names: /^@backstage\/backend-defaults\//,
  },
  {
    from: /\/backend-defaults\/dist\/entrypoints\/urlReader\//,
    names:
      /^(@aws-sdk\/|@azure\/|@google-cloud\/|@backstage\/integration-aws-node$)/,
  },
];

/** Stands for a module that is loaded when something of it is asked for. */
function later(load) {
  let loaded;
  const module = () => (loaded ??= load());
  return new Proxy(
    {},
    {
      get: (_, name) => module()[name],
      has: (_, name) => name in module(),
      ownKeys: () => Reflect.ownKeys(module()),
      getOwnPropertyDescriptor: (_, name) => {
        const found = Reflect.getOwnPropertyDescriptor(module(), name);
        // What the target of a proxy has not must be configurable.
        return found && { ...found, configurable: true };
      },
    },
  );
}

/**
 * Loads the same modules as jest's own runtime, some of them later or never. A
 * test file has its modules for itself, so what it loads and does not use is
 * paid for by each file again: the index of Backstage's test utilities alone
 * brings 2,900 modules, among them clients of S3, Azure and Redis.
 */
module.exports = class LazyRuntime extends JestRuntime {
  requireModuleOrMock(from, moduleName) {
    const load = () => super.requireModuleOrMock(from, moduleName);
    if (moduleName === TEST_UTILS && from) {
      return this.#namedTestUtils(from) ?? load();
    }
    return from &&
      LONG.some(long => long.from.test(from) && long.names.test(moduleName))
      ? later(load)
      : load();
  }

  /**
   * The exports of the test utilities whose names are in the file, loaded now:
   * some declare hooks, which nothing may do within a test. Nothing when the
   * file has names for which there is only the whole.
   */
  #namedTestUtils(from) {
    const index = this._resolver.resolveModule(from, TEST_UTILS);
    const fileOf = name => path.join(path.dirname(index), PARTS[name]);
    const source = this.readFile(from);
    const names = Array.from(
      this.readFile(index).matchAll(/^exports\.(\w+)|\(exports, "(\w+)"/gm),
      match => match[1] ?? match[2],
    ).filter(name => source.includes(name));
    return /\* as |require\(/.test(source) ||
      names.some(name => !Object.hasOwn(PARTS, name)) ||
      !names.every(name => fs.existsSync(fileOf(name)))
      ? undefined
      : Object.fromEntries(
          names.map(name => [
            name,
            super.requireModuleOrMock(from, fileOf(name))[name],
          ]),
        );
  }
};
