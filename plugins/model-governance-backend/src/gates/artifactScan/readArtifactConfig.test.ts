import { ConfigReader } from '@backstage/config';
import { readArtifactConfig } from './readArtifactConfig';

const read = (artifacts: object) =>
  readArtifactConfig(
    new ConfigReader({
      modelGovernance: { artifacts },
    } as ConstructorParameters<typeof ConfigReader>[0]),
  );

describe('what scans may reach', () => {
  it('is the hub of open models alone, without files and private addresses', () => {
    expect(readArtifactConfig(new ConfigReader({}))).toMatchObject({
      access: {
        schemes: ['https', 'hf', 'oci', 's3'],
        hosts: ['huggingface.co', '*.huggingface.co', '*.hf.co'],
        privateHosts: [],
        plainHosts: [],
      },
      folder: undefined,
      logins: {},
      timeoutSeconds: 7200,
      memoryMiB: 512,
      concurrency: 1,
    });
  });

  it('is what is configured', () => {
    const config = read({
      allowedHosts: [],
      folder: '/models',
      huggingFace: { endpoint: 'https://hub.example.com', token: 'hf_x' },
      registries: [{ host: 'r.example.com', username: 'u', password: 'p' }],
      timeoutMinutes: 5,
    });
    expect(config.access.hosts).toEqual([]);
    expect(config.access.schemes).toContain('path');
    expect(config.env).toMatchObject({
      HF_ENDPOINT: 'https://hub.example.com',
      HF_TOKEN: 'hf_x',
    });
    expect(config.logins).toEqual({
      'r.example.com': { username: 'u', password: 'p' },
    });
    expect(config.timeoutSeconds).toBe(300);
  });

  it('passes nothing else of the environment on', () => {
    process.env.SOMETHING_SECRET = 'x';
    expect(read({}).env).not.toHaveProperty('SOMETHING_SECRET');
    delete process.env.SOMETHING_SECRET;
  });
});
