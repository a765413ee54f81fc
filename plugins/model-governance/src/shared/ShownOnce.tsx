import { CopyTextButton } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useState } from 'react';

const useStyles = makeStyles(
  theme => ({
    secret: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      '& code': {
        padding: theme.spacing(1),
        overflowWrap: 'anywhere',
        background: theme.palette.background.default,
        flexGrow: 1,
      },
    },
  }),
  { name: 'ModelGovernanceShownOnce' },
);

/** A secret that is nowhere else: it goes only when the person says that they stored it. */
export function ShownOnce(props: {
  title: string;
  label: string;
  secret: string;
  children?: ReactNode;
  onClose: () => void;
}) {
  const classes = useStyles();
  const [stored, setStored] = useState(false);
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      aria-labelledby="model-governance-secret-title"
    >
      <DialogTitle id="model-governance-secret-title">
        {props.title}
      </DialogTitle>
      <DialogContent>
        <Typography paragraph>
          This is shown once. Store it now; only a hash of it is kept here.
        </Typography>
        <div className={classes.secret}>
          <code aria-label={props.label} data-testid="secret">
            {props.secret}
          </code>
          <CopyTextButton
            text={props.secret}
            tooltipText="Copied"
            aria-label={`Copy ${props.label}`}
          />
        </div>
        {props.children}
        <FormControlLabel
          control={
            <Checkbox
              color="primary"
              checked={stored}
              onChange={event => setStored(event.target.checked)}
            />
          }
          label="I stored it"
        />
      </DialogContent>
      <DialogActions>
        <Button
          variant="contained"
          color="primary"
          disabled={!stored}
          onClick={props.onClose}
        >
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
