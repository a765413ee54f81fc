import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { modelEndpointCreatePermission } from '@modelhub/backstage-plugin-models-common';
import type { Person } from '../access';
import type { Callers } from '../people';

/** Levels of groups that are followed upwards. */
const DEEPEST = 10;

/** Who somebody is, now: from a token, or from the catalog. */
export class People {
  static create(options: {
    auth: AuthService;
    callers: Pick<Callers, 'callerOf'>;
    catalog: CatalogService;
  }): People {
    return new People(options);
  }

  readonly #options: Parameters<typeof People.create>[0];

  private constructor(options: Parameters<typeof People.create>[0]) {
    this.#options = options;
  }

  /** @throws NotAllowedError for services, and for those without the permission */
  async ofCaller(credentials: BackstageCredentials): Promise<Person> {
    const { person, mayCreate } = await this.#options.callers.callerOf(
      credentials,
    );
    if (!person) {
      throw new NotAllowedError(
        'The playground is for people. Programs call the gateway with a key of their own.',
      );
    }
    if (!mayCreate) {
      throw new NotAllowedError(
        `The playground needs permission ${modelEndpointCreatePermission.name}. Ask the team that runs the model hub.`,
      );
    }
    return person;
  }

  /**
   * Of somebody who is not there, by what the catalog says now.
   *
   * @throws NotAllowedError for somebody who is gone
   */
  async ofRef(ref: string): Promise<Person> {
    const { auth, catalog } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const user = await catalog.getEntityByRef(ref, { credentials });
    if (!user) {
      throw new NotAllowedError(`${ref} is not in the catalog any more.`);
    }
    const refs = new Set([ref]);
    let groups = (user.relations ?? [])
      .filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => targetRef);
    for (let level = 0; level < DEEPEST && groups.length > 0; level++) {
      for (const group of groups) refs.add(group);
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs: groups, fields: ['kind', 'metadata', 'relations'] },
        { credentials },
      );
      groups = items
        .flatMap(group => group?.relations ?? [])
        .filter(
          ({ type, targetRef }) =>
            type === RELATION_CHILD_OF &&
            parseEntityRef(targetRef).kind === 'group' &&
            !refs.has(targetRef),
        )
        .map(({ targetRef }) => targetRef);
    }
    return { ref, refs: [...refs] };
  }
}
