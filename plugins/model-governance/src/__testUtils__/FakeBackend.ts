import { FakeBackends } from '@modelhub/backstage-plugin-models-react/testUtils';

export {
  failure,
  type Received,
} from '@modelhub/backstage-plugin-models-react/testUtils';

/** The governance backend as its client sees it: answers by `METHOD /path`. */
export class FakeBackend extends FakeBackends {
  constructor() {
    super({ plugin: 'model-governance' });
  }
}
