import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import type { AccessProfile } from '@modelhub/backstage-plugin-models-common';
import {
  DataTable,
  EmptyHint,
  People,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { enforcementReportRouteRef } from '../routes';
import { Loaded } from '../shared/Loaded';
import { enforcements, ProfileDialog } from './ProfileDialog';
import { ProfileSettingsDialog } from './ProfileSettingsDialog';

/** Who may call: the sets of callers that approvals open models to. */
export function ProfilesSection() {
  const query = useLive('access-profiles', (client, signal) =>
    client.listAccessProfiles({ signal }),
  );
  const reportOf = useRouteRef(enforcementReportRouteRef);
  const [dialog, setDialog] = useState<{ profile?: AccessProfile }>();
  const [setting, setSetting] = useState<AccessProfile>();
  const close = () => setDialog(undefined);

  return (
    <Section
      title="Access profiles"
      description="Named sets of callers. An approval opens a model to one of them."
      actions={
        <Button variant="outlined" onClick={() => setDialog({})}>
          Add access profile
        </Button>
      }
    >
      <Loaded query={query} failure="The access profiles could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint
              title="There is no access profile yet"
              description="Without one nobody can ask for a model. Add one, or declare it in the configuration."
            />
          ) : (
            <DataTable
              label="Access profiles"
              rows={items}
              rowKey={profile => profile.id}
              columns={[
                {
                  header: 'Profile',
                  render: profile => (
                    <>
                      {profile.title}
                      <br />
                      <code>{profile.id}</code>
                    </>
                  ),
                },
                {
                  header: 'Members',
                  render: profile =>
                    profile.members.length ? (
                      <People entityRefs={profile.members} />
                    ) : (
                      'Nobody'
                    ),
                },
                {
                  header: 'Enforcement',
                  tight: true,
                  render: profile => {
                    const label = enforcements[profile.enforcement][0];
                    return reportOf ? (
                      <Link
                        to={reportOf({ profile: profile.id })}
                        aria-label={`${label}: what enforcing would refuse of ${profile.title}`}
                      >
                        {label}
                      </Link>
                    ) : (
                      label
                    );
                  },
                },
                {
                  header: 'Action',
                  tight: true,
                  render: profile => (
                    <>
                      <Button
                        size="small"
                        aria-label={`Change profile ${profile.title}…`}
                        onClick={() => setDialog({ profile })}
                      >
                        Change…
                      </Button>
                      <Button
                        size="small"
                        aria-label={`Settings of profile ${profile.title}…`}
                        onClick={() => setSetting(profile)}
                      >
                        Settings…
                      </Button>
                    </>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {dialog && (
        <ProfileDialog
          profile={dialog.profile}
          onClose={close}
          onDone={() => {
            close();
            query.retry();
          }}
        />
      )}
      {setting && (
        <ProfileSettingsDialog
          profile={setting}
          onClose={() => setSetting(undefined)}
          onDone={() => {
            setSetting(undefined);
            query.retry();
          }}
        />
      )}
    </Section>
  );
}
