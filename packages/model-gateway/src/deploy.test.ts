import { parser } from '@prometheus-io/lezer-promql';
import fs from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Rig } from './__testUtils__/rig';
import { parseConfig } from './config';
import { Metrics } from './telemetry/Metrics';

const DEPLOY = path.resolve(__dirname, '../deploy');
const BASE = path.join(DEPLOY, 'kubernetes/base');
const MONITORING = path.join(DEPLOY, 'kubernetes/monitoring');

interface Named {
  name: string;
}

type Labels = Record<string, string>;

interface Probe {
  httpGet: { path: string; port: string };
}

interface Container {
  ports: Array<Named & { containerPort: number }>;
  volumeMounts: Array<Named & { mountPath: string }>;
  securityContext: object;
  startupProbe: Probe;
  livenessProbe: Probe;
  readinessProbe: Probe;
}

/** As far as the tests look, whatever the kind. */
interface Spec {
  serviceName: string;
  template: {
    metadata: { labels: Labels };
    spec: {
      automountServiceAccountToken: boolean;
      terminationGracePeriodSeconds: number;
      securityContext: object;
      containers: Container[];
      volumes: Named[];
    };
  };
  volumeClaimTemplates: Manifest[];
  scaleTargetRef: object;
  selector?: Labels & { matchLabels?: Labels };
  podSelector?: { matchLabels: Labels };
  ports: Named[];
  endpoints: Array<{ port: string }>;
  groups: Array<{ rules: Array<{ expr: string }> }>;
}

interface Manifest {
  kind: string;
  metadata: Named & { labels?: Labels };
  spec: Spec;
  resources?: string[];
  configMapGenerator?: object[];
}

const read = (file: string): Manifest[] =>
  parseAllDocuments(fs.readFileSync(file, 'utf8')).map(document => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
/** As Grafana fills in the variables of a query. */
const withoutVariables = (query: string) =>
  query.replace(/\$__(rate_interval|interval|range)/g, '5m');

function isPromQl(query: string): boolean {
  let isGood = true;
  parser.parse(query).iterate({
    enter: ({ type }) => {
      isGood &&= !type.isError;
    },
  });
  return isGood;
}

const [kustomization] = read(path.join(BASE, 'kustomization.yaml'));
const manifests = kustomization.resources!.flatMap(name =>
  read(path.join(BASE, name)),
);

describe('the manifests', () => {
  const find = (kind: string) => manifests.find(it => it.kind === kind)!;
  const { spec } = find('StatefulSet');
  const [container] = spec.template.spec.containers;

  it('give the gateway a configuration that it takes', () => {
    const file = fs.readFileSync(path.join(BASE, 'gateway.yaml'), 'utf8');
    const config = parseConfig(file, {}, '/etc/modelhub-gateway');
    const portOf = (name: string) =>
      container.ports.find(port => port.name === name)?.containerPort;
    expect(config.listen.port).toBe(portOf('http'));
    expect(config.telemetry.listen?.port).toBe(portOf('telemetry'));
    const mounted = container.volumeMounts.find(it => it.name === 'state');
    expect(config.controlPlane.stateDir).toBe(mounted?.mountPath);
    expect(
      config.usage.spool.dir.startsWith(config.controlPlane.stateDir),
    ).toBe(true);
    expect(
      spec.template.spec.terminationGracePeriodSeconds * 1000,
    ).toBeGreaterThan(config.limits.drainMs + 6_000);
  });

  it('name only what is there', () => {
    const volumes = [
      ...spec.template.spec.volumes.map(it => it.name),
      ...spec.volumeClaimTemplates.map(it => it.metadata.name),
    ].sort();
    expect(container.volumeMounts.map(it => it.name).sort()).toEqual(volumes);
    const services = manifests
      .filter(it => it.kind === 'Service')
      .map(it => it.metadata.name);
    expect(services).toContain(spec.serviceName);
    expect(find('HorizontalPodAutoscaler').spec.scaleTargetRef).toMatchObject({
      kind: 'StatefulSet',
      name: find('StatefulSet').metadata.name,
    });
    const ports = container.ports.map(it => it.name);
    for (const probe of [
      'startupProbe',
      'livenessProbe',
      'readinessProbe',
    ] as const) {
      expect(ports).toContain(container[probe].httpGet.port);
    }
  });

  it('let it be as little as it can', () => {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(spec.template.spec.securityContext).toMatchObject({
      runAsNonRoot: true,
    });
    expect(spec.template.spec.automountServiceAccountToken).toBe(false);
  });
});

describe('the manifests, together,', () => {
  it('are all of those in the folder', () => {
    const files = fs
      .readdirSync(BASE)
      .filter(it => !['kustomization.yaml', 'gateway.yaml'].includes(it));
    expect([...kustomization.resources!].sort()).toEqual(files.sort());
    expect(kustomization.configMapGenerator).toMatchObject([
      { name: 'model-gateway', files: ['gateway.yaml'] },
    ]);
  });

  it('select the pods of the gateway alone', () => {
    const { labels } = manifests.find(({ kind }) => kind === 'StatefulSet')!
      .spec.template.metadata;
    expect(labels).toEqual({
      'app.kubernetes.io/name': 'model-gateway',
      'app.kubernetes.io/part-of': 'model-hub',
    });
    const selectors = manifests.flatMap(({ kind, spec: its }) => {
      const selector =
        (its as Spec | undefined)?.podSelector ??
        (its as Spec | undefined)?.selector;
      return selector
        ? [{ kind, labels: selector.matchLabels ?? selector }]
        : [];
    });
    expect(selectors.map(({ kind }) => kind).sort()).toEqual([
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'Service',
      'StatefulSet',
    ]);
    for (const selector of selectors) {
      expect(selector.labels).toEqual(labels);
    }
    for (const { metadata } of manifests) {
      expect(metadata.labels).toEqual(labels);
    }
  });

  it('are found by the monitoring', () => {
    const [component] = read(path.join(MONITORING, 'kustomization.yaml'));
    expect(component.resources).toEqual([
      'servicemonitor.yaml',
      'prometheusrule.yaml',
    ]);
    const [monitor] = read(path.join(MONITORING, 'servicemonitor.yaml'));
    const service = manifests.find(
      it => it.metadata.name === 'model-gateway' && it.kind === 'Service',
    )!;
    expect(service.metadata.labels).toMatchObject(
      monitor.spec.selector!.matchLabels!,
    );
    expect(service.spec.ports.map(it => it.name)).toContain(
      monitor.spec.endpoints[0].port,
    );
  });
});

describe('the dashboard and the alerts', () => {
  const dashboard = JSON.parse(
    fs.readFileSync(path.join(MONITORING, 'dashboard.json'), 'utf8'),
  );
  const [rule] = read(path.join(MONITORING, 'prometheusrule.yaml'));
  const queries: string[] = [
    ...dashboard.panels.flatMap(
      (panel: { targets?: Array<{ expr: string }> }) =>
        (panel.targets ?? []).map(({ expr }) => expr),
    ),
    ...rule.spec.groups.flatMap(group => group.rules.map(({ expr }) => expr)),
  ];
  let known: Set<string>;

  beforeAll(async () => {
    const rig = await Rig.create();
    const text =
      (await rig.metrics()) + (await new Metrics({ process: true }).text());
    await rig.stop();
    known = new Set(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name, type]) =>
        type === 'histogram'
          ? [`${name}_bucket`, `${name}_sum`, `${name}_count`]
          : [name],
      ),
    );
  });

  it('ask only for metrics that exist', () => {
    expect(queries.length).toBeGreaterThan(30);
    const named = queries.flatMap(query =>
      [...query.matchAll(/\b(modelhub_gateway|process|nodejs)_\w+/g)].map(
        ([name]) => name,
      ),
    );
    expect(named.length).toBeGreaterThanOrEqual(queries.length);
    expect(named.filter(name => !known.has(name))).toEqual([]);
  });

  it('ask in the language of Prometheus', () => {
    const broken = queries.filter(query => !isPromQl(withoutVariables(query)));
    expect(broken).toEqual([]);
    expect(isPromQl('sum(rate(up[5m]) by (pod)')).toBe(false);
  });

  it('show every metric of the gateway', () => {
    const all = queries.join('\n');
    const unseen = [...known].filter(
      name =>
        name.startsWith('modelhub_gateway_') &&
        !/_(sum|count)$/.test(name) &&
        !new RegExp(`\\b${name}\\b`).test(all),
    );
    // Shown by another name, or of use only to whoever looks into one gateway.
    expect(unseen.sort()).toEqual([
      'modelhub_gateway_log_lines_dropped',
      'modelhub_gateway_request_duration_seconds_bucket',
    ]);
  });

  it('have panels that do not lie on each other', () => {
    const taken = new Set<string>();
    for (const { gridPos } of dashboard.panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken.has(`${x},${y}`)).toBe(false);
          taken.add(`${x},${y}`);
        }
      }
    }
  });
});

describe('the image', () => {
  const lines = fs
    .readFileSync(path.join(DEPLOY, 'Dockerfile'), 'utf8')
    .split('\n');

  it('runs as somebody who may do nothing, and knows whether it is well', () => {
    const last = lines.slice(
      lines.findLastIndex(line => line.startsWith('FROM')),
    );
    expect(last).toContain('USER 1000:1000');
    expect(last.some(line => line.startsWith('HEALTHCHECK'))).toBe(true);
    const entry = last.find(line => line.startsWith('ENTRYPOINT'))!;
    const [, program] = JSON.parse(entry.slice('ENTRYPOINT '.length));
    expect(fs.existsSync(path.resolve(DEPLOY, '../../..', program))).toBe(true);
  });
});
