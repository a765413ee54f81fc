import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import type { PublicKey } from '@modelhub/backstage-plugin-models-common';
import {
  CopyButton,
  DataTable,
  EmptyHint,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { RotateKeyDialog } from './RotateKeyDialog';
import { inOrder, type KeyUse, signs, standingText } from './signingKeyText';

/** An id that one compares and copies, rather than reads. */
function KeyId({ id }: { id: string }) {
  return (
    <>
      <code>{id}</code> <CopyButton text={id} what={`key id ${id}`} />
    </>
  );
}

/** The keys that the hub signs with, since when, and how to replace one. */
export function SigningKeysSection() {
  const query = useLive('signing-keys', (client, signal) =>
    client.listSigningKeys({ signal }),
  );
  const [rotating, setRotating] = useState<KeyUse>();
  const [rotated, setRotated] = useState<PublicKey>();

  return (
    <Section
      title="Signing keys"
      description="What the hub signs with, so that gateways and auditors can tell its word from a forgery."
    >
      {rotated && (
        <Alert
          severity="success"
          role="status"
          onClose={() => setRotated(undefined)}
          style={{ marginBottom: 16 }}
        >
          {signs[rotated.use]} are signed with <KeyId id={rotated.keyId} /> from
          now on.
          {rotated.use === 'snapshot' &&
            ' Add the id to controlPlane.pinnedKeyIds of every gateway that pins keys.'}
        </Alert>
      )}
      <Loaded query={query} failure="The signing keys could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint
              title="Nothing was signed yet"
              description="Each key is made when it is first needed."
            />
          ) : (
            <DataTable
              label="Signing keys"
              rows={inOrder(items)}
              rowKey={key => key.keyId}
              columns={[
                { header: 'Signs', render: key => signs[key.use] },
                {
                  header: 'Key',
                  tight: true,
                  render: key => <KeyId id={key.keyId} />,
                },
                {
                  header: 'State',
                  render: key => standingText(key, items),
                },
                {
                  header: 'Made',
                  tight: true,
                  render: key =>
                    key.createdAt ? <RelativeTime at={key.createdAt} /> : '–',
                },
                {
                  header: 'Action',
                  tight: true,
                  render: key =>
                    key.state === 'active' && (
                      <Button
                        size="small"
                        aria-label={`Rotate the key of: ${signs[key.use]}…`}
                        onClick={() => {
                          setRotated(undefined);
                          setRotating(key.use);
                        }}
                      >
                        Rotate…
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {rotating && (
        <RotateKeyDialog
          use={rotating}
          onClose={() => setRotating(undefined)}
          onDone={key => {
            setRotating(undefined);
            setRotated(key);
            query.retry();
          }}
        />
      )}
    </Section>
  );
}
