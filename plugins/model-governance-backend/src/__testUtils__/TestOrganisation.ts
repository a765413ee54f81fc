import {
  gatewayIdKey,
  type ModelEntityV1alpha1,
} from '@modelhub/backstage-plugin-models-common';
import type { Organisation } from '../organisation/Organisation';

/** A catalog of a few people, in memory. */
export class TestOrganisation implements Organisation {
  /** Members by group. */
  readonly groups: Record<string, string[]> = {
    'group:default/checkout': ['user:default/ann'],
    'group:default/search-discovery': ['user:default/bob'],
    'group:default/ml-platform': ['user:default/admin'],
  };
  /** Leads by group. */
  readonly leads: Record<string, string[]> = {};
  readonly others = new Set(['component:default/checkout-api']);
  readonly catalog = new Map<string, ModelEntityV1alpha1>();

  addModel(
    entityRef: string,
    spec: Partial<ModelEntityV1alpha1['spec']> = {},
  ): void {
    const [namespace, name] = entityRef.slice('model:'.length).split('/');
    this.catalog.set(entityRef, {
      apiVersion: 'modelhub.dev/v1alpha1',
      kind: 'Model',
      metadata: { namespace, name },
      spec: {
        type: 'llm',
        lifecycle: 'active',
        owner: 'group:default/ml-platform',
        provider: namespace,
        gatewayId: `${namespace}/${name}`,
        ...spec,
      },
    });
  }

  async groupsOf(userRef: string) {
    return Object.keys(this.groups).filter(group =>
      this.groups[group].includes(userRef),
    );
  }

  async membersOf(groupRefs: string[]) {
    return groupRefs.flatMap(group => this.groups[group] ?? []);
  }

  async leadsOf(groupRef: string) {
    return this.leads[groupRef] ?? [];
  }

  async belongsTo(userRef: string, refs: string[]) {
    const mine = [userRef, ...(await this.groupsOf(userRef))];
    return refs.some(ref => mine.includes(ref));
  }

  async exists(ref: string) {
    return (
      ref in this.groups ||
      this.others.has(ref) ||
      this.catalog.has(ref) ||
      Object.values(this.groups).some(members => members.includes(ref))
    );
  }

  async existing(refs: string[]) {
    const known = await Promise.all(refs.map(ref => this.exists(ref)));
    return new Set(refs.filter((_, n) => known[n]));
  }

  async model(entityRef: string) {
    return this.catalog.get(entityRef);
  }

  async models(entityRefs: string[]) {
    return new Map(
      [...this.catalog].filter(([ref]) => entityRefs.includes(ref)),
    );
  }

  async *allModels() {
    yield [...this.catalog.values()];
  }

  async claimantsOf(gatewayId: string) {
    return [...this.catalog]
      .filter(
        ([, model]) =>
          gatewayIdKey(model.spec.gatewayId) === gatewayIdKey(gatewayId),
      )
      .map(([ref]) => ref);
  }
}
