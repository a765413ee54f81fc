import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  versionPin,
  type ModelEntityV1alpha1,
  type ModelVersion,
} from '@modelhub/backstage-plugin-models-common';
import type { GateSubject } from '@modelhub/backstage-plugin-models-node';
import { PackageURL } from 'packageurl-js';
import type { Ancestor } from '../builtIn/lineage';
import type { KnownVersion } from './affects';
import { runtimeOf, type RuntimeSetting } from './runtimes';

/** Something under a name of its own that advisories may speak of. */
export interface AskedPackage {
  /** As in OSV's `affected.package`; `Hugging Face` and `Model Hub` are for models. */
  ecosystem: string;
  name: string;
  /** Without version. */
  purl?: string;
  /** Whether OSV's public database speaks of such packages. */
  isPublic: boolean;
}

/** A model, one that it was made from, or a program that runs it. */
export interface AskedItem {
  role: 'model' | 'ancestor' | 'runtime';
  /** For people. */
  title: string;
  /** Of models. */
  ref?: string;
  known: KnownVersion;
  packages: AskedPackage[];
  /** A model of the lineage that is not in the catalog. */
  missing?: boolean;
}

export const HUGGING_FACE = 'Hugging Face';
export const MODEL_HUB = 'Model Hub';

/** `pkg:type/namespace/name` in the canonical spelling; undefined when it is none. */
export function purlWithoutVersion(text: string): string | undefined {
  try {
    const { type, namespace, name } = PackageURL.fromString(text);
    return new PackageURL(type, namespace, name).toString();
  } catch {
    return undefined;
  }
}

/** The version that a purl names. */
export function versionOfPurl(text: string): string | undefined {
  try {
    return PackageURL.fromString(text).version ?? undefined;
  } catch {
    return undefined;
  }
}

const purlOf = (type: string, path: string) => {
  const parts = path.split('/');
  const name = parts.pop() ?? path;
  return new PackageURL(type, parts.join('/') || undefined, name).toString();
};

/** `hf://org/name/file.gguf` → `org/name`. */
function repositoryOf(version: ModelVersion): string | undefined {
  const [, path] = /^hf:\/\/(.+)$/.exec(version.artifact?.uri ?? '') ?? [];
  const [organisation, name] = path?.split('/') ?? [];
  return organisation && name
    ? `${organisation}/${name.split('@')[0]}`
    : undefined;
}

function packagesOf(
  entity: ModelEntityV1alpha1,
  versions: ModelVersion[],
): AskedPackage[] {
  const repositories = [
    ...new Set(versions.flatMap(version => repositoryOf(version) ?? [])),
  ];
  const { gatewayId } = entity.spec;
  return [
    ...repositories.map(name => ({
      ecosystem: HUGGING_FACE,
      name,
      purl: purlOf('huggingface', name),
      isPublic: false,
    })),
    {
      ecosystem: MODEL_HUB,
      name: gatewayId,
      purl: purlOf('generic', gatewayId),
      isPublic: false,
    },
  ];
}

const knownOf = (version: ModelVersion | undefined): KnownVersion => {
  const pin = version && versionPin(version);
  return {
    ...(version && { version: version.providerModelId ?? version.name }),
    ...(version?.artifact?.revision && { commit: version.artifact.revision }),
    ...(pin?.type === 'digest' && { digest: pin.digest }),
  };
};

/** Everything along the lineage of a version that an advisory may be about. */
export function itemsOf(
  {
    entity,
    entityRef,
    version,
  }: Pick<GateSubject, 'entity' | 'entityRef' | 'version'>,
  ancestors: Ancestor[],
  settings: RuntimeSetting[],
): AskedItem[] {
  const title = (model: ModelEntityV1alpha1) =>
    model.metadata.title ?? stringifyEntityRef(model);
  const model: AskedItem = {
    role: 'model',
    title: title(entity),
    ref: entityRef,
    known: knownOf(version),
    packages: packagesOf(entity, [version]),
  };
  const lineage = ancestors.map(({ ref, entity: base }): AskedItem => {
    const versions = base?.spec.versions ?? [];
    return {
      role: 'ancestor',
      title: base ? title(base) : ref,
      ref,
      // Which version of its base a model was made from is not written down.
      known: versions.length === 1 ? knownOf(versions[0]) : {},
      packages: base ? packagesOf(base, versions) : [],
      ...(!base && { missing: true }),
    };
  });
  // What a provider runs a model with is the provider's own business.
  const frameworks = version.artifact
    ? entity.spec.compatibility?.frameworks ?? []
    : [];
  const runtimes = frameworks.map((text): AskedItem => {
    const runtime = runtimeOf(text, settings);
    return {
      role: 'runtime',
      title: runtime.name,
      known: runtime.version ? { version: runtime.version } : {},
      packages: runtime.packages.map(it => ({ ...it, isPublic: true })),
    };
  });
  return [model, ...lineage, ...runtimes];
}
