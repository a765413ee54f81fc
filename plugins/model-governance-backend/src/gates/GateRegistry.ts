import { ConflictError } from '@backstage/errors';
import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type { JsonObject } from '@backstage/types';
import type {
  GateSubject,
  ModelGate,
  ModelGatesExtensionPoint,
} from '@modelhub/backstage-plugin-models-node';

/** The gates that are installed. */
export class GateRegistry implements ModelGatesExtensionPoint {
  static create(gates: ModelGate[] = []): GateRegistry {
    const registry = new GateRegistry();
    for (const gate of gates) registry.addGate(gate);
    return registry;
  }

  readonly #gates = new Map<string, ModelGate>();

  private constructor() {}

  addGate(gate: ModelGate): void {
    if (this.#gates.has(gate.id)) {
      throw new ConflictError(
        `Two gates have the id '${gate.id}'; give one of them another id`,
      );
    }
    this.#gates.set(gate.id, gate);
  }

  get(id: string): ModelGate | undefined {
    return this.#gates.get(id);
  }

  all(): ModelGate[] {
    return [...this.#gates.values()];
  }
}

/**
 * What a run answers, as a hash: the same question is asked once for all
 * approvals.
 */
export function questionOf(
  gate: ModelGate,
  subject: GateSubject,
  params: JsonObject,
): string {
  const key =
    gate.cacheKey?.(subject) ??
    canonicalJson([
      subject.decisionFactsHash,
      subject.tier,
      subject.purpose,
      subject.profile,
    ]);
  return sha256Hex(
    canonicalJson([
      subject.entityRef,
      subject.pin,
      gate.id,
      gate.version,
      params,
      key,
    ]),
  );
}
