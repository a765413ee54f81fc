import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { tierCovers } from '@modelhub/backstage-plugin-models-common';
import type {
  Clock,
  GateSubject,
} from '@modelhub/backstage-plugin-models-node';
import type { Incumbent } from '../gates/createContext';
import type { Organisation } from '../organisation/Organisation';
import type { ApprovalStore } from './ApprovalStore';
import type { ApprovalRecord } from './records';
import { pinFor } from './subject';

/** Successors are followed so far; nobody has a longer line of them. */
const MOST_STEPS = 10;

const inWords = ({ tier, purpose, profile }: ApprovalRecord) =>
  `is approved for ${purpose} and ${profile} (${tier})`;

const incumbentOf = (
  approval: ApprovalRecord & { pin: string },
  because: string,
): Incumbent => ({
  entityRef: approval.entityRef,
  version: approval.modelVersion,
  pin: approval.pin,
  gatewayId: approval.gatewayId,
  because,
});

/** What somebody would be the incumbent of. */
export type Candidate = Pick<
  GateSubject,
  'entityRef' | 'pin' | 'tier' | 'profile'
> & { purpose: Pick<GateSubject['purpose'], 'id'> };

/** What serves a purpose and a profile now, so that others can be held against it. */
export class Incumbents {
  static create(options: {
    store: Pick<ApprovalStore, 'serving'>;
    organisation: Pick<Organisation, 'model' | 'models'>;
    clock: Clock;
  }): Incumbents {
    return new Incumbents(options);
  }

  readonly #options: Parameters<typeof Incumbents.create>[0];

  private constructor(options: Parameters<typeof Incumbents.create>[0]) {
    this.#options = options;
  }

  /**
   * What the subject would take the place of: another version of the same model,
   * else a model that it supersedes, both only where they are approved in its
   * scope; else the model that the policy names.
   */
  async of(subject: Candidate, named?: string): Promise<Incumbent | undefined> {
    const { store, clock } = this.#options;
    const serving = (
      await store.serving(clock.now(), {
        purpose: subject.purpose.id,
        profile: subject.profile,
      })
    ).filter(
      (it): it is ApprovalRecord & { pin: string } =>
        it.pin !== undefined &&
        it.pin !== subject.pin &&
        tierCovers(it.tier, subject.tier),
    );
    const same = serving.find(
      ({ entityRef }) => entityRef === subject.entityRef,
    );
    if (same) {
      return incumbentOf(
        same,
        `Version ${same.modelVersion} of the same model ${inWords(same)}.`,
      );
    }
    const before = await this.#supersededBy(subject.entityRef, [
      ...new Set(serving.map(({ entityRef }) => entityRef)),
    ]);
    const older = serving.find(({ entityRef }) => before.has(entityRef));
    if (older) {
      return incumbentOf(
        older,
        `The model supersedes ${older.entityRef}, whose version ${
          older.modelVersion
        } ${inWords(older)}.`,
      );
    }
    return named === undefined
      ? undefined
      : this.#named(subject, named, serving);
  }

  /** Those of the models that a model is the successor of, step by step. */
  async #supersededBy(
    successor: string,
    candidates: string[],
  ): Promise<Set<string>> {
    const { organisation } = this.#options;
    const found = new Set<string>();
    // Each with where its line of successors has come to.
    let open = new Map(candidates.map(ref => [ref, ref]));
    for (let step = 0; step < MOST_STEPS && open.size > 0; step++) {
      const models = await organisation.models([...new Set(open.values())]);
      const next = new Map<string, string>();
      for (const [candidate, at] of open) {
        const entity = models.get(at);
        const by = entity?.spec.supersededBy;
        if (!entity || !by) continue;
        const ref = stringifyEntityRef(
          parseEntityRef(by, {
            defaultKind: 'model',
            defaultNamespace: entity.metadata.namespace ?? 'default',
          }),
        );
        if (ref === successor) found.add(candidate);
        else next.set(candidate, ref);
      }
      open = next;
    }
    return found;
  }

  async #named(
    subject: Candidate,
    named: string,
    serving: Array<ApprovalRecord & { pin: string }>,
  ): Promise<Incumbent | undefined> {
    const entityRef = stringifyEntityRef(
      parseEntityRef(named, {
        defaultKind: 'model',
        defaultNamespace: 'default',
      }),
    );
    const because = `The policy holds models against ${entityRef}.`;
    const approved = serving.find(it => it.entityRef === entityRef);
    if (approved) return incumbentOf(approved, because);
    const entity = await this.#options.organisation.model(entityRef);
    for (const version of entity?.spec.versions ?? []) {
      const pin = pinFor(version, 'regulated');
      if (entity && pin !== undefined && pin !== subject.pin) {
        return {
          entityRef,
          version: version.name,
          pin,
          gatewayId: entity.spec.gatewayId,
          because,
        };
      }
    }
    return undefined;
  }
}
