import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

// Types of the whole Kubernetes API are read.
jest.setTimeout(120_000);

const BASE = path.resolve(__dirname, '../deploy/kubernetes/base');

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
}

/** Where the package of published types has a kind. */
const MODULES: Record<string, string> = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'autoscaling/v2': 'autoscaling/v2',
  'networking.k8s.io/v1': 'networking/v1',
  'policy/v1': 'policy/v1',
};

const manifestsIn = (text: string): Manifest[] =>
  parseAllDocuments(text).map(document => document.toJS());

const manifests = fs
  .readdirSync(BASE)
  .filter(name => !['kustomization.yaml', 'gateway.yaml'].includes(name))
  .flatMap(name => manifestsIn(fs.readFileSync(path.join(BASE, name), 'utf8')));

/**
 * What is wrong with manifests by the types that are generated from the OpenAPI
 * documents of Kubernetes: unknown fields, missing ones and wrong values.
 */
function problemsOf(items: Manifest[]): string[] {
  const file = path.join(__dirname, 'manifests.ts');
  const source = items
    .map(
      ({ apiVersion, kind }, n) =>
        `import type { ${kind} as Kind${n} } from 'kubernetes-types/${MODULES[apiVersion]}';`,
    )
    .concat(
      items.map(
        (item, n) =>
          `export const item${n}: Kind${n} = ${JSON.stringify(item)};`,
      ),
    )
    .join('\n');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    moduleResolution: ts.ModuleResolutionKind.NodeJs,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)
      : read(name, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, ' '),
    );
}

describe('the manifests, by the published API of Kubernetes,', () => {
  it('are of kinds that it has, with its fields and values', () => {
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(
      expect.arrayContaining(['NetworkPolicy', 'Service', 'StatefulSet']),
    );
    expect(manifests.filter(it => !MODULES[it.apiVersion])).toEqual([]);
    expect(problemsOf(manifests)).toEqual([]);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    [
      'a field that is not there',
      text => text.replace('serviceName:', 'serviceNames:'),
      /serviceNames/,
    ],
    [
      'a value of another type',
      text => text.replace(/containerPort: (\d+)/, "containerPort: '$1'"),
      /'string' is not assignable to type 'number'/,
    ],
    [
      'a field that is missing',
      text => text.replace(/\n {2}selector:[^\n]*(\n {4}[^\n]*)*/, ''),
      /selector/,
    ],
  ])('would be found out with %s', (_, change, words) => {
    const text = fs.readFileSync(path.join(BASE, 'statefulset.yaml'), 'utf8');
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(problemsOf(manifestsIn(changed)).join('\n')).toMatch(words);
  });
});
