// Writes core.json and kserve.json: what the test API server checks objects
// against. Usage: node generate.mjs FOLDER-WITH-KSERVE-CRDS
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';

const here = path.dirname(fileURLToPath(import.meta.url));
const models = path.join(
  path.dirname(
    createRequire(import.meta.url).resolve('@kubernetes/client-node'),
  ),
  'gen/models',
);

const CORE = [
  'V1Namespace',
  'V1Node',
  'V1Pod',
  'V1Secret',
  'V1ConfigMap',
  'V1Service',
  'V1ServiceAccount',
  'V1ResourceQuota',
  'CoreV1Event',
  'V1NetworkPolicy',
  'V1PersistentVolumeClaim',
  'V1Deployment',
  'V1Job',
  'V1CronJob',
  'V1Role',
  'V1RoleBinding',
  'V1Ingress',
  'V1PodDisruptionBudget',
  'V2HorizontalPodAutoscaler',
];
const PRIMITIVES = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  number: { type: 'number' },
  Date: { type: 'string', format: 'date-time' },
  V1MicroTime: { type: 'string', format: 'date-time' },
  any: { 'x-kubernetes-preserve-unknown-fields': true },
  object: { 'x-kubernetes-preserve-unknown-fields': true },
  IntOrString: { 'x-kubernetes-int-or-string': true },
};

// Keys of lists that server-side apply merges; the client's models do not tell.
const LIST_KEYS = {
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  ports: ['containerPort', 'protocol'],
  ownerReferences: ['uid'],
  conditions: ['type'],
  secrets: ['name'],
  imagePullSecrets: ['name'],
};

function coreSchemas() {
  const definitions = {};
  const queue = [...CORE];
  while (queue.length > 0) {
    const name = queue.pop();
    if (definitions[name]) continue;
    const js = fs.readFileSync(path.join(models, `${name}.js`), 'utf8');
    const dts = fs.readFileSync(path.join(models, `${name}.d.ts`), 'utf8');
    const [, list] = /attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(js);
    const properties = {};
    const required = [];
    for (const { name: field, baseName, type, format } of JSON.parse(list)) {
      const convert = text => {
        const [, item] = /^(?:Array|Set)<(.*)>$/.exec(text) ?? [];
        if (item) {
          const keys = LIST_KEYS[baseName];
          const usable =
            keys && !(baseName === 'ports' && item !== 'V1ContainerPort');
          return {
            type: 'array',
            items: convert(item),
            ...(usable && {
              'x-kubernetes-list-type': 'map',
              'x-kubernetes-list-map-keys': keys,
            }),
          };
        }
        const [, value] = /^\{ \[key: string\]: (.*); \}$/.exec(text) ?? [];
        if (value)
          return { type: 'object', additionalProperties: convert(value) };
        if (PRIMITIVES[text]) return PRIMITIVES[text];
        if (!fs.existsSync(path.join(models, `${text}.js`)))
          throw new Error(`${name}.${field}: ${text}`);
        queue.push(text);
        return { $ref: text };
      };
      properties[baseName] = {
        ...convert(type),
        ...(/^int/.test(format) &&
          type === 'number' && { type: 'integer', format }),
        ...(name === 'V1ContainerPort' &&
          baseName === 'protocol' && { default: 'TCP' }),
      };
      if (new RegExp(`^    '${field}': `, 'm').test(dts))
        required.push(baseName);
    }
    definitions[name] = {
      type: 'object',
      properties,
      ...(required.length && { required }),
    };
  }
  return {
    kinds: Object.fromEntries(
      CORE.map(name => [name.replace(/^CoreV1|^V\d/, ''), { $ref: name }]),
    ),
    definitions,
  };
}

/** Equal parts of schemas are written once. */
function shared(kinds) {
  const seen = new Map();
  const keyOf = schema =>
    createHash('sha1')
      .update(JSON.stringify(schema))
      .digest('hex')
      .slice(0, 10);
  const strip = schema => {
    const stripField = (key, value) => {
      if (['enum', 'required', 'default'].includes(key)) return value;
      return key === 'properties'
        ? Object.fromEntries(
            Object.entries(value).map(([name, field]) => [name, strip(field)]),
          )
        : strip(value);
    };
    if (Array.isArray(schema)) return schema.map(strip);
    if (typeof schema !== 'object' || schema === null) return schema;
    return Object.fromEntries(
      Object.entries(schema)
        .filter(
          ([key]) =>
            !['x-kubernetes-validations', 'description', 'anyOf'].includes(key),
        )
        .map(([key, value]) => [key, stripField(key, value)]),
    );
  };
  const count = schema => {
    if (typeof schema !== 'object' || schema === null) return;
    const text = JSON.stringify(schema);
    if (
      !Array.isArray(schema) &&
      text.length > 120 &&
      (schema.type || schema.properties)
    ) {
      const key = keyOf(schema);
      seen.set(key, (seen.get(key) ?? 0) + 1);
      if (seen.get(key) > 1) return;
    }
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties') Object.values(value).forEach(count);
      else count(value);
    }
  };
  const stripped = Object.fromEntries(
    Object.entries(kinds).map(([k, v]) => [k, strip(v)]),
  );
  Object.values(stripped).forEach(count);
  const definitions = {};
  const replace = schema => {
    if (Array.isArray(schema)) return schema.map(replace);
    if (typeof schema !== 'object' || schema === null) return schema;
    const key =
      JSON.stringify(schema).length > 120 && (schema.type || schema.properties)
        ? keyOf(schema)
        : undefined;
    const inner = () =>
      Object.fromEntries(
        Object.entries(schema).map(([k, v]) => [
          k,
          k === 'properties'
            ? Object.fromEntries(
                Object.entries(v).map(([name, field]) => [
                  name,
                  replace(field),
                ]),
              )
            : replace(v),
        ]),
      );
    if (key && (seen.get(key) ?? 0) > 1) {
      definitions[key] ??= inner();
      return { $ref: key };
    }
    return inner();
  };
  return {
    kinds: Object.fromEntries(
      Object.entries(stripped).map(([k, v]) => [k, replace(v)]),
    ),
    definitions,
  };
}

function kserveSchemas(folder) {
  const versions = {
    InferenceService: 'v1beta1',
    ServingRuntime: 'v1alpha1',
    LLMInferenceService: 'v1alpha1',
  };
  return shared(
    Object.fromEntries(
      Object.entries(versions).map(([kind, version]) => [
        kind,
        JSON.parse(fs.readFileSync(path.join(folder, `${kind}.json`), 'utf8'))
          .versions[version],
      ]),
    ),
  );
}

fs.writeFileSync(
  path.join(here, 'core.json'),
  `${JSON.stringify(coreSchemas())}\n`,
);
if (process.argv[2]) {
  fs.writeFileSync(
    path.join(here, 'kserve.json'),
    `${JSON.stringify(kserveSchemas(process.argv[2]))}\n`,
  );
}
