import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ModelRowDetail,
  ModelRowPage,
  ModelRowSort,
} from '@modelhub/backstage-plugin-models-common';
import type { FacetName } from '../projection/projectModel';

/** The query parameters of a list. */
export type ListModelsRequest = {
  [Facet in FacetName]?: string[];
} & {
  q?: string;
  /** GiB. */
  maxGpuMemoryGiB?: number;
  minContextTokens?: number;
  /** Stars on average, 1 to 5. */
  minRating?: number;
  sort?: ModelRowSort;
  order?: 'asc' | 'desc';
  facets?: boolean;
  cursor?: string;
  limit?: number;
};

/** What callers may ask about models; all answers are cut to what they may see. */
export interface ModelCardsService {
  /** @throws InputError when the cursor belongs to another query. */
  listModels(
    request: ListModelsRequest,
    options: { credentials: BackstageCredentials },
  ): Promise<ModelRowPage>;
  /** @throws NotFoundError when there is no such model, or it may not be seen. */
  getModel(
    name: { namespace: string; name: string },
    options: { credentials: BackstageCredentials },
  ): Promise<ModelRowDetail>;
}
