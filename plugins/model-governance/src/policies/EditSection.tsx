import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type { PolicyProblem } from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  Section,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { NameDialog } from './NewFileDialog';
import { FileDiff } from './DiffView';
import { PolicyEditor } from './PolicyEditor';
import type { Edits } from './useEdits';

const useStyles = makeStyles(
  theme => ({
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
    },
    file: { minWidth: 260 },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginTop: theme.spacing(2),
    },
  }),
  { name: 'ModelGovernanceEditPolicies' },
);

const filters = ['file', 'view'] as const;

const words = {
  same: '',
  changed: ' (changed)',
  new: ' (new)',
  removed: ' (removed)',
};

/** Files as text, with what is wrong at which line, and what differs. */
export function EditSection(props: {
  edits: Edits;
  problems: PolicyProblem[];
  mayEdit: boolean;
  busy: boolean;
  onSave: () => void;
}) {
  const { edits, problems, mayEdit, busy, onSave } = props;
  const classes = useStyles();
  const [{ file, view }, setFilters] = useUrlFilters(filters);
  const [naming, setNaming] = useState(false);
  const chosen =
    file !== undefined && edits.names.includes(file)
      ? file
      : edits.changes[0]?.name ?? edits.names[0];
  const showsDiff = view === 'difference' || (!mayEdit && view !== 'files');
  const state = chosen === undefined ? 'same' : edits.stateOf(chosen);
  const mine = problems.filter(problem => problem.file === chosen);
  const elsewhere = [...new Set(problems.map(problem => problem.file))].filter(
    name => name !== chosen,
  );

  return (
    <Section
      title={mayEdit ? '1. Edit' : '1. The change'}
      description="Rules of each tier, one file a layer; what is under tests says what they should do."
      actions={
        <>
          <Button
            size="small"
            aria-pressed={!showsDiff}
            variant={showsDiff ? 'text' : 'outlined'}
            onClick={() => setFilters({ view: 'files' })}
          >
            Files
          </Button>
          <Button
            size="small"
            aria-pressed={showsDiff}
            variant={showsDiff ? 'outlined' : 'text'}
            onClick={() => setFilters({ view: 'difference' })}
          >
            Difference
          </Button>
        </>
      }
    >
      {showsDiff && edits.changes.length === 0 && (
        <EmptyHint
          title="Nothing is changed yet"
          description={mayEdit ? 'Choose Files, and edit one.' : undefined}
        />
      )}
      {showsDiff &&
        edits.changes.map(change => (
          <FileDiff key={change.name} file={change} />
        ))}
      {!showsDiff && chosen !== undefined && (
        <>
          <div className={classes.bar}>
            <TextField
              id="policy-file"
              select
              label="File"
              variant="outlined"
              size="small"
              className={classes.file}
              value={chosen}
              onChange={event => setFilters({ file: event.target.value })}
            >
              {edits.names.map(name => (
                <MenuItem key={name} value={name}>
                  {name}
                  {words[edits.stateOf(name)]}
                </MenuItem>
              ))}
            </TextField>
            {mayEdit && (
              <>
                <Button size="small" onClick={() => setNaming(true)}>
                  Add a file
                </Button>
                {state !== 'removed' && (
                  <Button size="small" onClick={() => edits.remove(chosen)}>
                    Remove this file
                  </Button>
                )}
                {state !== 'same' && state !== 'new' && (
                  <Button size="small" onClick={() => edits.restore(chosen)}>
                    As it was
                  </Button>
                )}
              </>
            )}
          </div>
          {state === 'removed' ? (
            <EmptyHint title={`${chosen} is removed by this proposal`} />
          ) : (
            <PolicyEditor
              key={chosen}
              label={`Text of ${chosen}`}
              value={edits.textOf(chosen) ?? ''}
              readOnly={!mayEdit}
              problems={mine}
              onChange={text => edits.write(chosen, text)}
            />
          )}
        </>
      )}
      {elsewhere.length > 0 && (
        <Typography variant="body2" style={{ marginTop: 8 }}>
          Something is wrong in{' '}
          {elsewhere.map(name => (
            <Button
              key={name}
              size="small"
              onClick={() => setFilters({ file: name, view: 'files' })}
            >
              {name}
            </Button>
          ))}
        </Typography>
      )}
      {mayEdit && (
        <div className={classes.actions}>
          <Button
            variant="contained"
            color="primary"
            disabled={!edits.dirty || busy}
            onClick={onSave}
          >
            {busy ? 'Saving…' : 'Save'}
          </Button>
          {edits.dirty && (
            <Button onClick={edits.discard} disabled={busy}>
              Discard what is not saved
            </Button>
          )}
          <Typography variant="body2" role="status">
            {edits.dirty ? 'Not saved yet' : 'Everything is saved'}
          </Typography>
        </div>
      )}
      {naming && (
        <NameDialog
          taken={edits.names}
          onClose={() => setNaming(false)}
          onName={name => {
            setNaming(false);
            edits.write(name, '');
            setFilters({ file: name, view: 'files' });
          }}
        />
      )}
    </Section>
  );
}
