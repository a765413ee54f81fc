import type {
  ModelEntityV1alpha1,
  Purpose,
} from '@modelhub/backstage-plugin-models-common';
import type { PolicyInput } from '@modelhub/policies';
import type { AccessDirectory } from '../../access/AccessService';
import type { ApprovalRecord } from '../../approvals/records';
import { policyModel, subjectOf, type Subject } from '../../approvals/subject';
import type { Organisation } from '../../organisation';

/** What policies look at, for one approval. */
export interface Looked {
  subject: Subject;
  purpose: Purpose;
  input: PolicyInput;
}

/** Reads what policies look at, each thing once in a replay. */
export class SubjectFacts {
  static create(deps: {
    organisation: Pick<Organisation, 'models' | 'groupsOf'>;
    access: Pick<AccessDirectory, 'purposes'>;
  }): SubjectFacts {
    return new SubjectFacts(deps);
  }

  readonly #deps: Parameters<typeof SubjectFacts.create>[0];
  readonly #models = new Map<string, ModelEntityV1alpha1 | undefined>();
  readonly #groups = new Map<string, Promise<string[]>>();
  readonly #subjects = new Map<string, Promise<Subject>>();
  #purposes: Promise<Map<string, Purpose>> | undefined;

  private constructor(deps: Parameters<typeof SubjectFacts.create>[0]) {
    this.#deps = deps;
  }

  /** Fetch together what a page of approvals needs. */
  async prepare(page: Array<Pick<ApprovalRecord, 'entityRef'>>): Promise<void> {
    const missing = [...new Set(page.map(({ entityRef }) => entityRef))].filter(
      ref => !this.#models.has(ref),
    );
    if (missing.length === 0) return;
    const found = await this.#deps.organisation.models(missing);
    for (const ref of missing) this.#models.set(ref, found.get(ref));
  }

  /** Undefined where the model, its version or the purpose is gone. */
  async look(approval: ApprovalRecord): Promise<Looked | undefined> {
    const entity = this.#models.get(approval.entityRef);
    this.#purposes ??= this.#deps.access
      .purposes()
      .then(all => new Map(all.map(purpose => [purpose.id, purpose])));
    const purpose = (await this.#purposes).get(approval.purpose);
    if (!entity || !purpose) return undefined;
    const subject = await this.#subject(approval, entity);
    if (!subject.version || !subject.pin) return undefined;
    return {
      subject,
      purpose,
      input: {
        tier: approval.tier,
        purpose,
        profile: approval.profile,
        model: policyModel(subject),
        requester: {
          ref: approval.requester,
          groups: await this.groupsOf(approval.requester),
        },
      },
    };
  }

  groupsOf(user: string): Promise<string[]> {
    const known = this.#groups.get(user);
    if (known) return known;
    const asked = this.#deps.organisation.groupsOf(user);
    this.#groups.set(user, asked);
    return asked;
  }

  #subject(
    { entityRef, modelVersion, tier }: ApprovalRecord,
    entity: ModelEntityV1alpha1,
  ): Promise<Subject> {
    const key = JSON.stringify([entityRef, modelVersion, tier]);
    const known = this.#subjects.get(key);
    if (known) return known;
    const asked = subjectOf(entity, modelVersion, tier);
    this.#subjects.set(key, asked);
    return asked;
  }
}
