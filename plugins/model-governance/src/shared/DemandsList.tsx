import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemIcon from '@material-ui/core/ListItemIcon';
import ListItemText from '@material-ui/core/ListItemText';
import FingerprintIcon from '@material-ui/icons/Fingerprint';
import PersonIcon from '@material-ui/icons/Person';
import PlaylistAddCheckIcon from '@material-ui/icons/PlaylistAddCheck';
import ScheduleIcon from '@material-ui/icons/Schedule';
import type {
  Demands,
  SignOffDemand,
} from '@modelhub/backstage-plugin-models-common';
import type { ReactNode } from 'react';
import { daysText, quorumText } from '../lib/words';
import { People } from '@modelhub/backstage-plugin-models-react';

const Row = (props: { icon: ReactNode; main: ReactNode; more?: ReactNode }) => (
  <ListItem alignItems="flex-start" disableGutters dense>
    <ListItemIcon style={{ minWidth: 36 }} aria-hidden>
      {props.icon}
    </ListItemIcon>
    <ListItemText
      primary={props.main}
      secondary={props.more}
      // Some themes cut list texts off after one line.
      primaryTypographyProps={{ style: { whiteSpace: 'normal' } }}
      secondaryTypographyProps={{
        component: 'div',
        style: { whiteSpace: 'normal' },
      }}
    />
  </ListItem>
);

function Signers({ demand }: { demand: SignOffDemand }) {
  if (demand.people?.length) {
    return (
      <>
        Could sign now: <People entityRefs={demand.people} />
      </>
    );
  }
  if (demand.groups.length) {
    return (
      <>
        Members of <People entityRefs={demand.groups} />
        {demand.people && ', but nobody of them may sign this one'}
      </>
    );
  }
  if (demand.role === 'lead') {
    return (
      <>
        The lead of the requester's group; for a model's first approval the lead
        of its owner.
      </>
    );
  }
  return <>Nobody holds this role yet: ask the administrators.</>;
}

/** What the policy asks for, as a list that a person reads before asking. */
export function DemandsList({ demands }: { demands: Demands }) {
  const { gates, signOffs, expiresAfterDays } = demands;
  return (
    <List dense disablePadding aria-label="What the policy asks for">
      {gates.map(gate => (
        <Row
          key={gate.id}
          icon={<PlaylistAddCheckIcon fontSize="small" />}
          main={`${gate.title}${gate.required ? '' : ' (advice only)'}`}
          more={gate.description ?? 'Checked by itself'}
        />
      ))}
      {signOffs.length === 0 && (
        <Row
          icon={<PersonIcon fontSize="small" />}
          main="Nobody has to sign"
          more="Decided by the checks alone, in seconds"
        />
      )}
      {signOffs.map(demand => (
        <Row
          key={demand.role}
          icon={
            demand.secondFactor ? (
              <FingerprintIcon fontSize="small" />
            ) : (
              <PersonIcon fontSize="small" />
            )
          }
          main={`${quorumText(demand)}${
            demand.secondFactor ? ', with a passkey' : ''
          }`}
          more={<Signers demand={demand} />}
        />
      ))}
      <Row
        icon={<ScheduleIcon fontSize="small" />}
        main={`Lasts ${daysText(expiresAfterDays)}`}
        more="Then it has to be renewed"
      />
    </List>
  );
}
