import type {
  PlaygroundTarget,
  PlaygroundTargets,
} from '@modelhub/backstage-plugin-models-common';
import { useSearchParams } from 'react-router-dom';
import { useServing } from '../lib/useServing';
import { targetName } from './words';

/**
 * Which targets are chosen. The address names them; without a word in it, those
 * of the model that one came from, or else the first that can be called.
 *
 * @param named - in the address; an empty one means that none is wanted
 */
export function chosenTargets(
  known: PlaygroundTargets,
  named: string[],
  entityRef: string | undefined,
): string[] {
  const most = known.limits.targets;
  if (named.length > 0) {
    return [...new Set(named)].filter(Boolean).slice(0, most);
  }
  const callable = known.items.filter(({ available }) => available);
  const first = entityRef
    ? callable.filter(target => target.entityRef === entityRef).slice(0, most)
    : callable.slice(0, 1);
  return first.map(({ id }) => id);
}

/** What can be prompted with the chosen access profile, and what is chosen. */
export function useTargets() {
  const [parameters, setParameters] = useSearchParams();
  const profile = parameters.get('profile') ?? undefined;
  const entityRef = parameters.get('entityRef') ?? undefined;
  const query = useServing(`targets ${profile}`, (api, signal) =>
    api.listPlaygroundTargets({ profile }, { signal }),
  );
  const named = parameters.getAll('target');
  return {
    query,
    entityRef,
    chosen: (known: PlaygroundTargets) =>
      chosenTargets(known, named, entityRef),
    choose: (ids: string[]) =>
      setParameters(
        previous => {
          const next = new URLSearchParams(previous);
          next.delete('target');
          for (const id of ids.length > 0 ? ids : ['']) {
            next.append('target', id);
          }
          return next;
        },
        { replace: true },
      ),
    chooseProfile: (id: string) =>
      setParameters(
        previous => {
          const next = new URLSearchParams(previous);
          next.set('profile', id);
          // Other models may be open to it.
          next.delete('target');
          return next;
        },
        { replace: true },
      ),
  };
}

/** What a target is called, also when it is not there any more. */
export function nameIn(items: PlaygroundTarget[]) {
  const names = new Map(items.map(target => [target.id, targetName(target)]));
  return (id: string) => names.get(id) ?? id.replace(/^(endpoint|model):/, '');
}
