import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { modelReviewErasePermission } from '@modelhub/backstage-plugin-models-common';
import { randomBytes } from 'node:crypto';
import type { Access } from '../access';
import { ERASED } from '../contributions';
import type { Commands } from '../news';
import type { RatingChanges } from '../ratings';
import { userRef } from './PeopleService';
import type { PersonStore } from './PersonStore';

/** Forgets who somebody was. */
export class ErasureService {
  static create(options: {
    access: Access;
    changes: RatingChanges;
    commands: Commands;
    people: PersonStore;
  }): ErasureService {
    return new ErasureService(options);
  }

  readonly #options: Parameters<typeof ErasureService.create>[0];

  private constructor(options: Parameters<typeof ErasureService.create>[0]) {
    this.#options = options;
  }

  /** Nothing leads from the pseudonym back to the person. */
  async erase(
    credentials: BackstageCredentials,
    input: { person: string; texts: 'keep' | 'remove' },
    key: string | undefined,
  ) {
    const { access, changes, commands, people } = this.#options;
    const caller = await access.demand(credentials, modelReviewErasePermission);
    const person = userRef(input.person);
    return commands.run(
      { caller, key, request: ['erase', person, input.texts] },
      async tx => {
        const pseudonym = `${ERASED}${randomBytes(6).toString('hex')}`;
        if (input.texts === 'remove') {
          for (const ref of await people.removeTexts(tx, person)) {
            await changes.add(tx, ref);
          }
        }
        return { pseudonym, ...(await people.rename(tx, person, pseudonym)) };
      },
    );
  }
}
