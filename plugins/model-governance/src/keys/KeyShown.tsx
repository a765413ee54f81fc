import { CodeSnippet } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Typography from '@material-ui/core/Typography';
import {
  type IssuedKey,
  modelAllowlistReadPermission,
} from '@modelhub/backstage-plugin-models-common';
import { useLive } from '../hooks/useLive';
import { ShownOnce } from '../shared/ShownOnce';
import { snippets } from './snippets';

const PLACEHOLDER = 'provider/model';

/** A new key, once, with calls that are ready to paste. */
export function KeyShown(props: { issued: IssuedKey; onClose: () => void }) {
  const { issued, onClose } = props;
  const config = useApi(configApiRef);
  const gatewayUrl = (
    config.getOptionalString('modelHub.gateway.publicUrl') ??
    'http://localhost:4000'
  ).replace(/\/+$/, '');
  const { allowed } = usePermission({
    permission: modelAllowlistReadPermission,
  });
  const allowlist = useLive(
    `key-example-model:${allowed}`,
    async (api, signal) =>
      allowed ? (await api.getAllowlist({ signal })).items : undefined,
    { still: true },
  );
  const example = allowlist.value?.find(
    grant =>
      grant.profile === issued.profile && grant.purpose === issued.purpose,
  );
  if (!issued.secret) return null;
  return (
    <ShownOnce
      title={`Key “${issued.name}”`}
      label="Gateway key"
      secret={issued.secret}
      onClose={onClose}
    >
      {snippets(
        gatewayUrl,
        issued.secret,
        example?.gatewayId ?? PLACEHOLDER,
      ).map(snippet => (
        <div key={snippet.title}>
          <Typography variant="subtitle2" component="h3">
            {snippet.title}
          </Typography>
          <CodeSnippet
            text={snippet.text}
            language={snippet.language}
            showCopyCodeButton
            wrapLongLines
          />
        </div>
      ))}
      {!example && (
        <Typography variant="body2">
          {allowlist.value
            ? 'Nothing is approved for this profile and purpose yet: every call answers 403, with a link to request access.'
            : `Put the id of a model in place of ${PLACEHOLDER}. One that is not approved for this profile and purpose answers 403, with a link to request access.`}
        </Typography>
      )}
    </ShownOnce>
  );
}
