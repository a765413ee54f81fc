import type { ServingEngine } from '@modelhub/backstage-plugin-models-common';
import type { Admission } from '../admission';
import type { EndpointStore } from '../endpoints/EndpointStore';
import type { EngineDesk } from './EngineDesk';

/** The engines as everybody may see them. */
export class EngineList {
  static create(options: {
    engines: EngineDesk;
    admission: Admission;
    store: EndpointStore;
  }): EngineList {
    return new EngineList(options);
  }

  readonly #options: Parameters<typeof EngineList.create>[0];

  private constructor(options: Parameters<typeof EngineList.create>[0]) {
    this.#options = options;
  }

  async list(): Promise<ServingEngine[]> {
    const { engines, admission, store } = this.#options;
    return Promise.all(
      engines.all().map(async ({ id, title, hasGpus }) => {
        const [health, held, room] = await Promise.all([
          engines.health(id),
          store.heldAt(id),
          admission.roomOf(id),
        ]);
        return {
          id,
          title,
          hasGpus,
          health,
          endpoints: held.endpoints,
          ...(hasGpus && { gpusInUse: held.gpus, gpuLimit: room.gpus }),
        };
      }),
    );
  }
}
