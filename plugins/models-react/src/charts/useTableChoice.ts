import { storageApiRef, useApiHolder } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';

const BUCKET = 'modelhub.figures';

/**
 * Whether a person reads a figure as a table. Kept with the settings of the
 * person, as far as the portal keeps any.
 */
export function useTableChoice(
  figure: string,
): [boolean, (asTable: boolean) => void] {
  const storage = useApiHolder().get(storageApiRef);
  const [asTable, setAsTable] = useState(
    () => storage?.forBucket(BUCKET).snapshot<boolean>(figure).value === true,
  );
  useEffect(() => {
    const subscription = storage
      ?.forBucket(BUCKET)
      .observe$<boolean>(figure)
      .subscribe(({ value }) => {
        if (value !== undefined) setAsTable(value);
      });
    return () => subscription?.unsubscribe();
  }, [storage, figure]);
  return [
    asTable,
    next => {
      setAsTable(next);
      // It is the choice of now in any case; that it is not kept is no failure of the view.
      storage
        ?.forBucket(BUCKET)
        .set(figure, next)
        .catch(() => undefined);
    },
  ];
}
