/**
 * An API server of Kubernetes for tests.
 *
 * @packageDocumentation
 */
export { TestKubernetes } from './TestKubernetes';
export type { TestKubernetesOptions, TestNode } from './TestKubernetes';
export type { Fault } from './Faults';
export type { PodBehaviour } from './pods';
export type { StoredObject } from './objects';
