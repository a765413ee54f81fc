import type { ModelEntityV1alpha1 } from '@modelhub/backstage-plugin-models-common';

/** People and groups as the catalog knows them now, read with the hub's own credentials. */
export interface Organisation {
  /** Groups that the user is a member of, directly or through child groups, as refs. */
  groupsOf(userRef: string): Promise<string[]>;
  /** Users who are members of any of the groups, child groups included. */
  membersOf(groupRefs: string[]): Promise<string[]>;
  /**
   * Users who lead the group: annotation `modelhub.dev/lead`, else the nearest
   * parent that has one. Leads in `except` are passed over, so that a lead's
   * own request goes to the next one up.
   */
  leadsOf(groupRef: string, except?: string[]): Promise<string[]>;
  /** Whether the user is one of the refs or a member of one of them. */
  belongsTo(userRef: string, refs: string[]): Promise<boolean>;
  exists(ref: string): Promise<boolean>;
  /** Those of the refs that the catalog knows. */
  existing(refs: string[]): Promise<Set<string>>;
  /** A model by ref, undefined when there is none. */
  model(entityRef: string): Promise<ModelEntityV1alpha1 | undefined>;
  models(entityRefs: string[]): Promise<Map<string, ModelEntityV1alpha1>>;
  /** All models of the catalog, page by page, with what identifies them and `spec.gatewayId`, `provider`, `lifecycle`, `supersededBy`, `data`, `pricing`. */
  allModels(): AsyncIterable<ModelEntityV1alpha1[]>;
  /** Entity refs of all models that claim this gateway id. */
  claimantsOf(gatewayId: string): Promise<string[]>;
}
