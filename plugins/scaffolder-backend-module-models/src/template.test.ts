import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import type { AccessDecision } from '@modelhub/backstage-plugin-models-common';
import { modelGovernanceServiceRef } from '@modelhub/backstage-plugin-models-node';
import { parse } from 'yaml';
import {
  ALLOWED,
  ENTITY,
  governanceThatSays,
} from './__testUtils__/governance';
import scaffolderModuleModels from '.';

jest.setTimeout(60_000);

const folder = path.resolve(__dirname, '../../../templates/realtime');

const directoryContents = readdirSync(folder, {
  recursive: true,
  withFileTypes: true,
})
  .filter(entry => entry.isFile())
  .map(entry => path.join(entry.parentPath, entry.name))
  .map(file => ({
    path: path.relative(folder, file),
    base64Content: readFileSync(file).toString('base64'),
  }));

describe('templates/realtime', () => {
  let backend: TestBackend | undefined;

  async function dryRun(decision: AccessDecision) {
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleModels,
        catalogServiceMock.factory({ entities: [ENTITY] }),
        createServiceFactory({
          service: modelGovernanceServiceRef,
          deps: {},
          factory: () => governanceThatSays(decision).client,
        }),
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:0' },
            scaffolder: { models: { publishFolder: '/nowhere' } },
          },
        }),
      ],
    });
    const response = await fetch(
      `http://localhost:${backend.server.port()}/api/scaffolder/v2/dry-run`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          template: parse(
            readFileSync(path.join(folder, 'template.yaml'), 'utf8'),
          ),
          values: {
            model: 'model:acme/tiny',
            tier: 'internal',
            name: 'greeter',
            owner: 'group:default/ml',
            description: 'Says "hello": always',
          },
          secrets: {},
          directoryContents,
        }),
      },
    );
    const body = await response.json();
    const files = new Map<string, string>(
      (body.directoryContents ?? []).map(
        (file: { path: string; base64Content: string }) => [
          file.path,
          Buffer.from(file.base64Content, 'base64').toString('utf8'),
        ],
      ),
    );
    return { status: response.status, body, files };
  }

  afterEach(async () => {
    await backend?.stop();
    backend = undefined;
  });

  it('makes a component that consumes the model, pinned to what was approved', async () => {
    const { status, files, body } = await dryRun(ALLOWED);
    expect([status, body.error]).toEqual([200, undefined]);
    expect([...files.keys()].sort()).toEqual([
      'README.md',
      'catalog-info.yaml',
      'deploy/inferenceservice.yaml',
    ]);
    expect(parse(files.get('catalog-info.yaml')!)).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'greeter',
        description: 'Says "hello": always',
        annotations: {
          'modelhub.dev/tier': 'internal',
          'modelhub.dev/model-version': '1.0',
          'modelhub.dev/approval': 'approval-1',
        },
      },
      spec: {
        type: 'service',
        lifecycle: 'experimental',
        owner: 'group:default/ml',
        consumesModels: ['model:acme/tiny'],
      },
    });
    expect(parse(files.get('deploy/inferenceservice.yaml')!)).toMatchObject({
      kind: 'InferenceService',
      metadata: {
        name: 'greeter',
        annotations: { 'modelhub.dev/digest': ALLOWED.digest },
      },
      spec: {
        predictor: { model: { storageUri: 'hf://acme/tiny:abc123' } },
      },
    });
    expect(files.get('README.md')).toContain('acme/tiny@1.0');
  });

  it('leaves the manifest out for a hosted model', async () => {
    const { status, files } = await dryRun({
      ...ALLOWED,
      modelVersion: '2.0',
      digest: undefined,
    });
    expect(status).toBe(200);
    expect([...files.keys()].sort()).toEqual([
      'README.md',
      'catalog-info.yaml',
    ]);
  });

  it('makes nothing with a model that is not approved', async () => {
    const { status, body, files } = await dryRun({
      allowed: false,
      message: 'No live approval covers it.',
    });
    expect(status).not.toBe(200);
    expect(JSON.stringify(body)).toMatch(/No live approval covers it/);
    expect(files.size).toBe(0);
  });
});
