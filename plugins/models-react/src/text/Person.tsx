import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Fragment } from 'react';

const isRef = (ref: string) => /^(user|group|component):/i.test(ref);

/**
 * A person or group by name, with a link; pseudonyms and services as they are.
 *
 * @public
 */
export function Person({ entityRef }: { entityRef: string }) {
  if (entityRef === 'system') return <>Model Hub</>;
  if (entityRef.startsWith('service:')) return <>{entityRef.slice(8)}</>;
  if (!isRef(entityRef)) return <code>{entityRef}</code>;
  return <EntityRefLink entityRef={entityRef} hideIcon />;
}

/**
 * The same without a link, for menus and sentences.
 *
 * @public
 */
export function PersonName({ entityRef }: { entityRef: string }) {
  return isRef(entityRef) ? (
    <EntityDisplayName entityRef={entityRef} hideIcon disableTooltip />
  ) : (
    <>{entityRef}</>
  );
}

/**
 * `Ann, Bob and Cleo`.
 *
 * @public
 */
export function People({ entityRefs }: { entityRefs: string[] }) {
  return (
    <>
      {entityRefs.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && (index === entityRefs.length - 1 ? ' and ' : ', ')}
          <Person entityRef={ref} />
        </Fragment>
      ))}
    </>
  );
}
