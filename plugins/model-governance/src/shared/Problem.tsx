import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Alert from '@material-ui/lab/Alert';
import { errorText } from '@modelhub/backstage-plugin-models-react';
import { NoPasskeyError } from '../lib/errors';
import { rootRouteRef } from '../routes';

/** Why something was not done, where it was tried. */
export function Problem({ error }: { error: unknown }) {
  const root = useRouteRef(rootRouteRef);
  if (error === undefined) return null;
  return (
    <Alert severity="error" role="alert">
      {errorText(error)}
      {error instanceof NoPasskeyError && (
        <>
          {' '}
          <Link to={`${root()}/passkeys`}>Enrol a passkey</Link> first, then
          come back.
        </>
      )}
    </Alert>
  );
}
