/**
 * The bytes of a version.
 *
 * @public
 */
export type ModelArtifact = {
  /** `hf://org/name`, `s3://…`, `oci://…`, `https://…` */
  uri: string;
  /** Commit or tag at `uri`. */
  revision?: string;
  /** `safetensors`, `gguf`, `onnx`, … */
  format?: string;
  /** `sha256:` and 64 hex digits. */
  digest?: string;
  /** Bytes. */
  sizeBytes?: number;
};

/**
 * How to make a version again.
 *
 * @public
 */
export type ModelReproduction = {
  seed?: number;
  /** Where the training configuration is. */
  config?: string;
  /** Where the training code is. */
  code?: string;
};

/**
 * One immutable build of a model: an artifact with its digest or, for a hosted
 * model, the provider's model id with the date of its snapshot.
 *
 * @public
 */
export type ModelVersion = {
  name: string;
  artifact?: ModelArtifact;
  /** What the provider calls this version. */
  providerModelId?: string;
  /** Date of the provider's snapshot, `YYYY-MM-DD`. */
  snapshot?: string;
  reproduce?: ModelReproduction;
};

/**
 * What an approval is bound to.
 *
 * @public
 */
export type ModelVersionPin =
  | { type: 'digest'; digest: string }
  | { type: 'provider'; providerModelId: string; snapshot: string };

/**
 * What pins a version, or undefined when nothing does. A digest wins, because
 * it names bytes; a provider's id alone is no pin, because providers move it.
 *
 * @public
 */
export function versionPin(version: ModelVersion): ModelVersionPin | undefined {
  const digest = version.artifact?.digest;
  if (digest) {
    return { type: 'digest', digest };
  }
  const { providerModelId, snapshot } = version;
  return providerModelId && snapshot
    ? { type: 'provider', providerModelId, snapshot }
    : undefined;
}

/**
 * A pin as one string, for keys and display: `sha256:…` or
 * `provider:<id>@<snapshot>`.
 *
 * @public
 */
export function stringifyVersionPin(pin: ModelVersionPin): string {
  return pin.type === 'digest'
    ? pin.digest
    : `provider:${pin.providerModelId}@${pin.snapshot}`;
}
