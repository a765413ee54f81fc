import { InputError } from '@backstage/errors';
import type { Config } from '@backstage/config';

/** A workload as OpenCost names it. */
export interface Workload {
  cluster?: string;
  namespace?: string;
  controller?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** Which model a workload serves. Everything named must fit. */
export interface OpenCostRule {
  cluster?: string;
  namespace?: string;
  controller?: string;
  /** `name=value`, or `name` for any value. */
  label?: string;
  /** Gateway id. */
  model: string;
  version?: string;
  /** Entity ref of the group or component that pays; without, nobody's. */
  caller?: string;
}

/** Label or annotation of a workload that names the gateway id itself. */
export const GATEWAY_ID_LABEL = 'modelhub.dev/gateway-id';

/** Names of labels come out of Prometheus, which knows no others. */
const plainName = (name: string) => name.replace(/[^a-zA-Z0-9_]/g, '_');

const labelOf = (labels: Record<string, string>, name: string) => {
  const plain = plainName(name);
  return Object.entries(labels).find(([it]) => plainName(it) === plain)?.[1];
};

function fits(rule: OpenCostRule, it: Workload): boolean {
  const { cluster, namespace, controller, label } = rule;
  if (cluster !== undefined && cluster !== it.cluster) return false;
  if (namespace !== undefined && namespace !== it.namespace) return false;
  if (controller !== undefined && controller !== it.controller) return false;
  if (label === undefined) return true;
  const [name, ...value] = label.split('=');
  const found = labelOf(it.labels, name);
  return value.length > 0 ? found === value.join('=') : found !== undefined;
}

/** The first rule that fits; without any, what the workload says itself. */
export function modelOf(
  rules: OpenCostRule[],
  it: Workload,
): Pick<OpenCostRule, 'model' | 'version' | 'caller'> | undefined {
  const rule = rules.find(one => fits(one, it));
  if (rule) return rule;
  const model =
    labelOf(it.annotations, GATEWAY_ID_LABEL) ??
    labelOf(it.labels, GATEWAY_ID_LABEL);
  return model ? { model } : undefined;
}

/** @throws InputError for a rule that fits everything */
export function openCostRulesOf(config: Config): OpenCostRule[] {
  const key = 'modelUsage.imports.openCost.models';
  return (config.getOptionalConfigArray(key) ?? []).map((it, n) => {
    const rule = {
      cluster: it.getOptionalString('cluster'),
      namespace: it.getOptionalString('namespace'),
      controller: it.getOptionalString('controller'),
      label: it.getOptionalString('label'),
    };
    if (Object.values(rule).every(value => value === undefined)) {
      throw new InputError(
        `${key}[${n}] fits every workload. Name its namespace, controller, cluster or label.`,
      );
    }
    return {
      ...rule,
      model: it.getString('model'),
      version: it.getOptionalString('version'),
      caller: it.getOptionalString('caller'),
    };
  });
}
