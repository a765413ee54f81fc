// Turns each backend's src/schema/openapi.yaml into
//   - <backend>/src/schema/openapi.generated.ts: the document, its endpoint map and a validated router
//   - plugins/models-common/src/generated/<plugin>.ts: types and a thin typed client
// `--check` writes nothing and fails when a generated file is out of date.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
const methods = ['get', 'put', 'post', 'delete', 'patch'];
const pascal = text =>
  text.replace(/(^|[-_])(\w)/g, (_, __, letter) => letter.toUpperCase());
const banner = source =>
  `// Generated from ${source} by "npm run generate". Do not edit.\n/* eslint-disable */\n`;

/** Every operation with its parameters resolved. */
function operationsOf(document) {
  const deref = item =>
    item.$ref
      ? item.$ref
          .slice(2)
          .split('/')
          .reduce((node, key) => node[key], document)
      : item;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => {
        const parameters = [
          ...(item.parameters ?? []),
          ...(operation.parameters ?? []),
        ].map(deref);
        const [status, response] = Object.entries(operation.responses).find(
          ([code]) => code.startsWith('2'),
        );
        const contentType = Object.keys(deref(response).content ?? {})[0];
        return {
          id: operation.operationId,
          summary: operation.summary,
          path,
          method,
          status,
          contentType,
          pathParameters: parameters.filter(p => p.in === 'path'),
          queryParameters: parameters.filter(p => p.in === 'query'),
          idempotent: parameters.some(
            p => p.in === 'header' && p.name === 'Idempotency-Key',
          ),
          body: operation.requestBody,
        };
      }),
  );
}

function clientMethod(op, ns) {
  const at = `${ns}Paths['${op.path}']['${op.method}']`;
  const fields = [
    ...op.pathParameters.map(p => `${p.name}: string;`),
    ...op.queryParameters.map(
      p =>
        `${p.name}${
          p.required ? '' : '?'
        }: NonNullable<${at}['parameters']['query']>['${p.name}'];`,
    ),
    ...(op.body
      ? [
          `body${
            op.body.required ? '' : '?'
          }: NonNullable<${at}['requestBody']>['content']['application/json'];`,
        ]
      : []),
    ...(op.idempotent
      ? [
          '/** Send the same key again when you retry the same call. Random by default. */ idempotencyKey?: string;',
        ]
      : []),
  ];
  const optional =
    op.pathParameters.length === 0 &&
    !op.queryParameters.some(p => p.required) &&
    !op.body?.required;
  const json = op.contentType === 'application/json';
  const result = contentOf(op, at, 'Response');
  const path = op.path.replace(
    /\{(\w+)\}/g,
    (_, name) => `\${encodeURIComponent(request.${name})}`,
  );
  const query = op.queryParameters
    .map(p => `${p.name}: request.${p.name}`)
    .join(', ');
  const call = `this.#request('${op.method.toUpperCase()}', \`${path}\`, {
    ${query ? `query: { ${query} },` : ''}
    ${op.body ? 'body: request.body,' : ''}
    ${
      op.idempotent
        ? 'idempotencyKey: request.idempotencyKey ?? randomKey(),'
        : ''
    }
  }, options)`;
  const doc = op.summary ? `/** ${op.summary} */` : '';
  return `${doc}
  async ${op.id}(${
    fields.length
      ? `request: { ${fields.join(' ')} }${optional ? ' = {}' : ''}, `
      : ''
  }options?: ApiRequestOptions): Promise<${result}> {
    ${
      op.contentType
        ? `return ${json ? `(await ${call}).json()` : call}`
        : `await ${call}`
    };
  }`;
}

function clientSource(pluginId, document, types, ns, source) {
  const schemas = Object.keys(document.components?.schemas ?? {}).filter(
    name => name !== 'Error',
  );
  const renamed = types
    .replace(
      /export interface (paths|components|operations)\b/g,
      (_, n) => `/** @public */\nexport interface ${ns}${pascal(n)}`,
    )
    .replace(/export type (\$defs|webhooks) = .*;\n/g, '')
    .replace(/\b(components|operations)\[/g, (_, n) => `${ns}${pascal(n)}[`);
  return `${banner(source)}
import { type ApiClientOptions, type ApiRequestOptions, createApiRequest, randomKey } from '../api/request';

${renamed}

${schemas
  .map(name => {
    const text = document.components.schemas[name].description;
    return `/**${
      text ? `\n * ${text}\n *` : ''
    } @public */\nexport type ${name} = ${ns}Components['schemas']['${name}'];`;
  })
  .join('\n')}

/**
 * Client of the ${pluginId} backend. Every method throws \`ResponseError\` of \`@backstage/errors\`.
 *
 * @public
 */
export class ${ns}Client {
  readonly #request: ReturnType<typeof createApiRequest>;

  constructor(options: ApiClientOptions) {
    this.#request = createApiRequest('${pluginId}', options);
  }
${operationsOf(document)
  .map(op => clientMethod(op, ns))
  .join('\n')}
}
`;
}

/** Type of what an operation answers; `other` when that is no JSON. */
function contentOf(op, at, other) {
  if (op.contentType === 'application/json') {
    return `${at}['responses'][${op.status}]['content']['application/json']`;
  }
  return op.contentType ? other : 'void';
}

function routerSource(document, ns, source) {
  const routes = Object.groupBy(operationsOf(document), op => op.method);
  const handler = op => {
    const at = `${ns}Paths['${op.path}']['${op.method}']`;
    const path = op.pathParameters.map(p => `${p.name}: string`).join('; ');
    const response = contentOf(op, at, 'string');
    const body = op.body
      ? `NonNullable<${at}['requestBody']>['content']['application/json']`
      : 'unknown';
    const query = op.queryParameters.length
      ? `NonNullable<${at}['parameters']['query']>`
      : '{}';
    const template = op.path.replace(/\{(\w+)\}/g, ':$1');
    return `'${template}': RequestHandler<{ ${path} }, ${response}, ${body}, ${query}>;`;
  };
  return `${banner(source)}
import type { ${ns}Paths } from '@modelhub/backstage-plugin-models-common';
import { createDocumentRouter } from '@modelhub/backstage-plugin-models-node';
import type { RequestHandler } from 'express';

/** Every route with the types of its parameters, answer, body and query. */
export type Routes = {
${Object.entries(routes)
  .map(
    ([method, operations]) =>
      `${method}: { ${operations.map(handler).join('\n')} };`,
  )
  .join('\n')}
};

/** An express router that takes only the routes of the document. */
export type OpenapiRouter = RequestHandler & {
  use(...handlers: RequestHandler[]): OpenapiRouter;
${Object.keys(routes)
  .map(
    method =>
      `${method}<P extends keyof Routes['${method}']>(path: P, ...handlers: Array<Routes['${method}'][P]>): OpenapiRouter;`,
  )
  .join('\n')}
};

export const spec = ${JSON.stringify(document)} as const;

/** A router that refuses what the document does not allow. */
export const createOpenapiRouter = (
  options?: Parameters<typeof createDocumentRouter>[1],
): OpenapiRouter =>
  // Inferring types from the whole document makes the type check slow.
  createDocumentRouter(spec, options) as unknown as OpenapiRouter;
`;
}

const stale = [];
const config = await prettier.resolveConfig(join(root, 'package.json'));
function write(file, text) {
  const formatted = prettier.format(text, { ...config, parser: 'typescript' });
  if (existsSync(file) && readFileSync(file, 'utf8') === formatted) return;
  if (check) {
    stale.push(relative(root, file));
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, formatted);
  console.log(`wrote ${relative(root, file)}`);
}

const seen = new Map();
const plugins = [];
for (const folder of readdirSync(join(root, 'plugins')).sort()) {
  const file = join(root, 'plugins', folder, 'src/schema/openapi.yaml');
  if (!existsSync(file)) continue;
  const document = parse(readFileSync(file, 'utf8'));
  const pluginId = document.info.title;
  const ns = pascal(pluginId);
  const source = relative(root, file);
  for (const name of Object.keys(document.components?.schemas ?? {})) {
    if (name !== 'Error' && seen.has(name)) {
      throw new Error(
        `Schema ${name} is in ${source} and in ${seen.get(
          name,
        )}: rename one, both are exported from models-common.`,
      );
    }
    seen.set(name, source);
  }
  const types = astToString(
    await openapiTS(document, { emptyObjectsUnknown: true }),
  );
  write(
    join(root, 'plugins/models-common/src/generated', `${pluginId}.ts`),
    clientSource(pluginId, document, types, ns, source),
  );
  write(
    join(root, 'plugins', folder, 'src/schema/openapi.generated.ts'),
    routerSource(document, ns, source),
  );
  plugins.push(pluginId);
}
write(
  join(root, 'plugins/models-common/src/generated/index.ts'),
  `${banner('the OpenAPI documents')}${plugins
    .map(id => `export * from './${id}';`)
    .join('\n')}\n`,
);
if (stale.length > 0) {
  console.error(
    `Out of date, run "npm run generate":\n  ${stale.join('\n  ')}`,
  );
  process.exit(1);
}
