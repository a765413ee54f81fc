import type { EngineModel } from '@modelhub/backstage-plugin-models-node';

/** An address that KServe fetches the same bytes from each time, or why there is none. */
export type StorageAddress =
  | {
      uri: string;
      /** Name of the one file where the address is of a file. */
      file?: string;
      /** Hex digits that the file has to have; the server checks them before it starts. */
      sha256?: string;
    }
  | { reason: string };

const COMMIT = /^[0-9a-f]{40}$/;
const SHA256 = /^sha256:([0-9a-f]{64})$/;

/** Whether a version is one file for llama.cpp. */
export const isGguf = ({ artifact }: EngineModel): boolean =>
  artifact.format === 'gguf' || artifact.uri.endsWith('.gguf');

function huggingFace(model: EngineModel, endpoint: string): StorageAddress {
  const { uri, revision, digest } = model.artifact;
  const [organisation, name, ...path] = uri.slice('hf://'.length).split('/');
  if (!organisation || !name) {
    return { reason: `"${uri}" is not hf://organisation/model` };
  }
  const repository = `${organisation}/${name}`;
  if (!COMMIT.test(revision ?? '')) {
    return {
      reason: `No commit of ${repository} is named, so other bytes could be fetched tomorrow; add its 40 digits as artifact.revision`,
    };
  }
  if (!isGguf(model)) {
    return { uri: `hf://${repository}:${revision}` };
  }
  const file = path.at(-1);
  if (!file) {
    return {
      reason: `${uri} holds several GGUF files; name the one that is meant in artifact.uri`,
    };
  }
  const sha256 = SHA256.exec(digest ?? '')?.[1];
  return {
    uri: `${endpoint}/${repository}/resolve/${revision}/${path
      .map(encodeURIComponent)
      .join('/')}`,
    file,
    ...(sha256 && { sha256 }),
  };
}

function oci({ uri, digest }: EngineModel['artifact']): StorageAddress {
  if (/@sha256:[0-9a-f]{64}$/.test(uri)) {
    return { uri };
  }
  if (!SHA256.test(digest ?? '')) {
    return {
      reason: `The image ${uri} is named by a tag, which can be moved; add its digest as artifact.digest`,
    };
  }
  const slash = uri.lastIndexOf('/');
  const name = uri.slice(slash + 1).split(':')[0];
  return { uri: `${uri.slice(0, slash + 1)}${name}@${digest}` };
}

/** Files in buckets can be written over: a digest has to be checked, or be part of the address. */
function bucket(model: EngineModel): StorageAddress {
  const { uri, digest } = model.artifact;
  const sha256 = SHA256.exec(digest ?? '')?.[1];
  if (isGguf(model)) {
    return {
      uri,
      file: uri.split('/').at(-1)!,
      ...(sha256 && { sha256 }),
    };
  }
  if (uri.startsWith('https:')) {
    return {
      reason: `${uri} is one file, and only GGUF files are served alone; use a repository, a folder of a bucket or an image`,
    };
  }
  if (sha256 && !uri.includes(sha256)) {
    return {
      reason: `What lies at ${uri} can be written over and is not one file whose digest could be checked; put the model into an OCI image, or into a folder with its digest in the name`,
    };
  }
  return { uri };
}

/** Where KServe fetches a version from. */
export function storageAddress(
  model: EngineModel,
  options: { huggingFaceEndpoint: string },
): StorageAddress {
  const { uri } = model.artifact;
  switch (/^([a-z0-9+.-]+):\/\//.exec(uri)?.[1]) {
    case 'hf':
      return huggingFace(model, options.huggingFaceEndpoint);
    case 'oci':
      return oci(model.artifact);
    case 's3':
    case 'gs':
    case 'pvc':
    case 'https':
      return bucket(model);
    default:
      return {
        reason: `KServe cannot fetch ${uri}; put the artifact into a repository of Hugging Face, a bucket or an OCI registry`,
      };
  }
}
