import type { Config } from '@backstage/config';
import type { AccessRules } from '@modelhub/scanner';

/** The hub of open models, and where it keeps large files. */
const DEFAULT_HOSTS = ['huggingface.co', '*.huggingface.co', '*.hf.co'];

export interface ArtifactConfig {
  access: AccessRules;
  /** `file:` URIs lie below it; without it they are refused. */
  folder?: string;
  env: Record<string, string | undefined>;
  logins: Record<string, { username: string; password: string }>;
  timeoutSeconds: number;
  memoryMiB: number;
  concurrency: number;
}

/** Settings of AWS's SDK and of the Hub that the backend was started with. */
const SETTINGS = /^(HF_TOKEN|HF_ENDPOINT|AWS_ENDPOINT_URL(_S3)?|AWS_REGION)$/;

export function readArtifactConfig(config: Config): ArtifactConfig {
  const own = config.getOptionalConfig('modelGovernance.artifacts');
  const folder = own?.getOptionalString('folder');
  const registries = own?.getOptionalConfigArray('registries') ?? [];
  const huggingFace = {
    HF_ENDPOINT: own?.getOptionalString('huggingFace.endpoint'),
    HF_TOKEN: own?.getOptionalString('huggingFace.token'),
  };
  return {
    access: {
      schemes: [
        'https',
        'hf',
        'oci',
        's3',
        ...(folder === undefined ? [] : ['path' as const]),
      ],
      hosts: own?.getOptionalStringArray('allowedHosts') ?? DEFAULT_HOSTS,
      privateHosts: own?.getOptionalStringArray('privateHosts') ?? [],
      plainHosts: own?.getOptionalStringArray('plainHosts') ?? [],
    },
    folder,
    env: {
      ...Object.fromEntries(
        Object.entries(process.env).filter(([name]) => SETTINGS.test(name)),
      ),
      ...Object.fromEntries(
        Object.entries(huggingFace).filter(([, value]) => value !== undefined),
      ),
    },
    logins: Object.fromEntries(
      registries.map(registry => [
        registry.getString('host'),
        {
          username: registry.getString('username'),
          password: registry.getString('password'),
        },
      ]),
    ),
    timeoutSeconds: 60 * (own?.getOptionalNumber('timeoutMinutes') ?? 120),
    memoryMiB: own?.getOptionalNumber('memoryMiB') ?? 512,
    concurrency: own?.getOptionalNumber('concurrency') ?? 1,
  };
}
