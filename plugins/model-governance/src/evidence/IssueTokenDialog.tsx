import { useApi } from '@backstage/core-plugin-api';
import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormLabel from '@material-ui/core/FormLabel';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type {
  ApprovalEvidence,
  IssuedEvidenceToken,
} from '@modelhub/backstage-plugin-models-common';
import {
  modelGovernanceApiRef,
  useFieldStyles,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { ActionDialog } from '../shared/ActionDialog';

const MOST_DAYS = 3650;

/** A token is bound to one version of one model, to checks, and to an end. */
export function IssueTokenDialog(props: {
  entityRef: string;
  modelVersion: string;
  gates: ApprovalEvidence['gates'];
  onClose: () => void;
  onIssued: (token: IssuedEvidenceToken) => void;
}) {
  const { entityRef, modelVersion, gates, onClose, onIssued } = props;
  const classes = useFieldStyles();
  const api = useApi(modelGovernanceApiRef);
  const submission = useSubmission<IssuedEvidenceToken>();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(gates.map(({ gateId }) => gateId));
  const [days, setDays] = useState('30');
  const [owner, setOwner] = useState('');
  const dayCount = Number(days);
  const daysFit =
    Number.isInteger(dayCount) && dayCount >= 1 && dayCount <= MOST_DAYS;

  const confirm = async () => {
    const issued = await submission.submit({
      body: {
        name: name.trim(),
        entityRef,
        modelVersion,
        gates: chosen,
        expiresInDays: dayCount,
        ...(owner.trim() && { owner: owner.trim() }),
      },
      send: (body, idempotencyKey) =>
        api.issueEvidenceToken({ body, idempotencyKey }),
    });
    if (issued) onIssued(issued);
  };

  return (
    <ActionDialog
      title="Issue an evidence token"
      confirm="Issue"
      disabled={!name.trim() || chosen.length === 0 || !daysFit}
      busy={submission.busy}
      error={submission.error}
      onClose={onClose}
      onConfirm={confirm}
    >
      <Typography variant="body2" paragraph>
        With it a pipeline signs what it measured about {entityRef} version{' '}
        {modelVersion}, and nothing else.
      </Typography>
      <div className={classes.fields}>
        <TextField
          id="evidence-token-name"
          label="Name"
          required
          variant="outlined"
          size="small"
          value={name}
          onChange={event => setName(event.target.value)}
          helperText="The pipeline that will hold it, so that you know it again."
          inputProps={{ maxLength: 100 }}
        />
        <FormControl component="fieldset">
          <FormLabel component="legend">For the checks</FormLabel>
          <FormGroup>
            {gates.map(({ gateId, title }) => (
              <FormControlLabel
                key={gateId}
                label={title}
                control={
                  <Checkbox
                    color="primary"
                    checked={chosen.includes(gateId)}
                    onChange={event =>
                      setChosen(
                        event.target.checked
                          ? [...chosen, gateId]
                          : chosen.filter(id => id !== gateId),
                      )
                    }
                  />
                }
              />
            ))}
          </FormGroup>
        </FormControl>
        <TextField
          id="evidence-token-days"
          label="Ends after days"
          type="number"
          required
          variant="outlined"
          size="small"
          value={days}
          onChange={event => setDays(event.target.value)}
          error={!daysFit}
          helperText="Short is better: issue another one when it ends."
          inputProps={{ min: 1, max: MOST_DAYS }}
        />
        <TextField
          id="evidence-token-owner"
          label="Owner"
          variant="outlined"
          size="small"
          placeholder="group:default/ml-platform"
          value={owner}
          onChange={event => setOwner(event.target.value)}
          helperText="A group of yours in whose name it submits; you when empty."
          InputLabelProps={{ shrink: true }}
        />
      </div>
    </ActionDialog>
  );
}
