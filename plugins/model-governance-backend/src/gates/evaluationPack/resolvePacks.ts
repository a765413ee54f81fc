import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  isEvaluationPackEntity,
  type AskedPack,
  type EvaluationPackEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type {
  GateContext,
  GateSubject,
} from '@modelhub/backstage-plugin-models-node';
import type { EvaluationType } from '@modelhub/governance-protocol';
import { commandsFor } from '../../evaluations/runs/commands';

/** A pack that a policy names, as the catalog has it. */
export interface KnownPack {
  asked: AskedPack;
  name: string;
  spec: EvaluationPackEntityV1alpha1['spec'];
  /** `sha256:…` of its contents, where the hub has read them. */
  digest?: string;
}

/** Whoever has read the contents of packs. */
export interface PackDigests {
  /** `sha256:…` of the contents of a version; undefined where nobody has read them. */
  digestOf(entityRef: string, version: string): Promise<string | undefined>;
}

/** What gates of packs need beside their context. */
export interface PackGateOptions {
  digests: PackDigests;
  /** Where the command line finds packs. */
  portalUrl: string;
}

/** A pack that the policy names and that is for something else. */
export interface OtherPack {
  title: string;
  because: string;
  /** By the model's own card, which its owner writes. */
  byCard: boolean;
}

export interface ResolvedPacks {
  packs: KnownPack[];
  others: OtherPack[];
  /** What somebody has to mend in the policy or in the catalog. */
  problems: string[];
}

/** The full ref of a pack that is named with or without kind and namespace. */
export const packRefOf = (text: string): string =>
  stringifyEntityRef(
    parseEntityRef(text, {
      defaultKind: 'evaluationpack',
      defaultNamespace: 'default',
    }),
  );

const named = (items: string[]) => items.join(', ');

/** Why a pack is not for a model or a purpose; undefined where it is. */
function otherwise(
  title: string,
  { purposes = [], modelTasks = [] }: EvaluationPackEntityV1alpha1['spec'],
  { purpose, entity }: Pick<GateSubject, 'purpose' | 'entity'>,
): OtherPack | undefined {
  if (purposes.length > 0 && !purposes.includes(purpose.id)) {
    return {
      title,
      because: `${title} is for ${named(purposes)}, and the purpose is ${
        purpose.id
      }.`,
      byCard: false,
    };
  }
  const tasks = entity.spec.tasks ?? [];
  // A card without tasks gets out of nothing.
  const isOther =
    modelTasks.length > 0 &&
    tasks.length > 0 &&
    !modelTasks.some(task => tasks.includes(task));
  return isOther
    ? {
        title,
        because: `${title} is for models of ${named(
          modelTasks,
        )}, and the card names ${named(tasks)}.`,
        byCard: true,
      }
    : undefined;
}

/** The command that makes a result of a pack and submits it to a check. */
export function commandFor(
  gateId: string,
  about: Parameters<typeof commandsFor>[0],
): string {
  const { command, uploadCommand } = commandsFor(about);
  return `${command} && ${uploadCommand} --gate ${gateId}`;
}

/** The packs that a policy names, as far as they are for the model and the purpose. */
export async function resolvePacks(
  context: Pick<GateContext, 'getEntities'>,
  subject: Pick<GateSubject, 'purpose' | 'entity' | 'version'>,
  asked: { gateId: string; packs: string[]; types: EvaluationType[] },
  { digests, portalUrl }: PackGateOptions,
): Promise<ResolvedPacks> {
  const refs = [...new Set(asked.packs.map(packRefOf))];
  const entities = await context.getEntities(refs);
  const resolved: ResolvedPacks = { packs: [], others: [], problems: [] };
  for (const ref of refs) {
    const entity = entities.get(ref) as Entity | undefined;
    if (!entity || !isEvaluationPackEntity(entity)) {
      resolved.problems.push(
        `The pack ${ref} is not in the catalog. Register it there, or take it out of the policy.`,
      );
      continue;
    }
    const { spec, metadata } = entity;
    const title = metadata.title ?? metadata.name;
    if (!asked.types.includes(spec.type)) {
      resolved.problems.push(
        `${title} is a pack of the type ${
          spec.type
        }, and this check takes ${asked.types.join(
          ' or ',
        )}. Name another one in the policy.`,
      );
      continue;
    }
    const other = otherwise(title, spec, subject);
    if (other) {
      resolved.others.push(other);
      continue;
    }
    const digest = await digests.digestOf(ref, spec.version);
    resolved.packs.push({
      asked: {
        entityRef: ref,
        title,
        version: spec.version,
        owner: stringifyEntityRef(
          parseEntityRef(spec.owner, {
            defaultKind: 'group',
            defaultNamespace: 'default',
          }),
        ),
        command: commandFor(asked.gateId, {
          packRef: ref,
          portalUrl,
          gatewayId: subject.entity.spec.gatewayId,
          modelVersion: subject.version.name,
        }),
      },
      name: metadata.name,
      spec,
      ...(digest && { digest }),
    });
  }
  return resolved;
}
