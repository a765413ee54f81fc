import type { AccessRules } from './AccessRules';

/**
 * Name and password, or a token, for a registry.
 *
 * @public
 */
export interface RegistryLogin {
  username: string;
  password: string;
}

/**
 * How an artifact is opened. Sizes are bytes.
 *
 * @public
 */
export interface OpenArtifactOptions {
  /** What may be reached; nothing is by default. */
  access: AccessRules;
  /**
   * Of a Hugging Face repository, as a catalog keeps it beside the URI: branch,
   * tag or commit.
   */
  revision?: string;
  /**
   * Settings as environment variables: `HF_TOKEN`, `HF_ENDPOINT`,
   * `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, `AWS_REGION`. Credentials of S3
   * come by the SDK's own chain. Of the process by default.
   */
  env?: Record<string, string | undefined>;
  /** Credentials for the registry of an OCI artifact, by its host. */
  registryLogin?: (host: string) => RegistryLogin | undefined;
  /** Reads public buckets of S3 without credentials. */
  isUnsigned?: boolean;
  /** Files of a folder that are left out: globs of their paths, such as `.git/**`. */
  exclude?: string[];
  /** 100,000 by default. */
  maxFiles?: number;
  /** 256 GiB by default. */
  maxFileBytes?: number;
  /** What is copied from a server that cannot send parts; 2 GiB by default. */
  maxSpoolBytes?: number;
  /** For headers, and between two pieces of a body; 30,000 by default. */
  timeoutMs?: number;
  /** What is slower is given up; 16 KiB by default. */
  minBytesPerSecond?: number;
  /** After failures that may pass; 4 by default. */
  retries?: number;
  /** Before the first retry, doubled for each that follows; 500 by default. */
  retryDelayMs?: number;
}

/** The options with nothing left open. */
export interface Settings {
  maxFiles: number;
  maxFileBytes: number;
  maxSpoolBytes: number;
  env: Record<string, string | undefined>;
}

export const settingsOf = (options: OpenArtifactOptions): Settings => ({
  maxFiles: options.maxFiles ?? 100_000,
  maxFileBytes: options.maxFileBytes ?? 256 * 1024 ** 3,
  maxSpoolBytes: options.maxSpoolBytes ?? 2 * 1024 ** 3,
  env: options.env ?? process.env,
});
