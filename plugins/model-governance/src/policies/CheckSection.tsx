import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { PolicyCheck } from '@modelhub/backstage-plugin-models-common';
import {
  ErrorHint,
  Section,
  tierText,
} from '@modelhub/backstage-plugin-models-react';
import { count } from './proposalWords';
import type { Checked } from './useCheck';

/** Tests that expect something else. */
export function failedTests({ tests }: PolicyCheck): PolicyCheck['tests'] {
  return tests.filter(({ differences }) => differences.length > 0);
}

function Verdict({ check }: { check: PolicyCheck }) {
  const failed = failedTests(check);
  if (!check.valid) {
    return (
      <Alert severity="error">
        These policies do not load: {count(check.errors.length, 'mistake')},
        shown at the file.
      </Alert>
    );
  }
  if (failed.length > 0) {
    return (
      <Alert severity="error">
        The policies load, and {failed.length} of{' '}
        {count(check.tests.length, 'test')} expect something else. Change the
        tests with the policies, where that is what you want.
      </Alert>
    );
  }
  return (
    <Alert severity="success">
      {check.tests.length === 0
        ? 'The policies load. There are no tests that could say more.'
        : `The policies load, and ${
            check.tests.length === 1
              ? 'the test holds'
              : `all ${check.tests.length} tests hold`
          }.`}
    </Alert>
  );
}

function Tests({ check }: { check: PolicyCheck }) {
  const failed = failedTests(check);
  if (failed.length === 0) return null;
  return (
    <ul aria-label="Tests that expect something else">
      {failed.map(({ file, name, differences }) => (
        <li key={`${file}:${name}`}>
          {name} (<code>{file}</code>)
          <ul>
            {differences.map(difference => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

const effects = {
  stricter: 'Stricter',
  looser: 'Looser',
  changed: 'Changed',
};

function Changes({ check }: { check: PolicyCheck }) {
  const tiers = check.changes.filter(({ items }) => items.length > 0);
  if (!check.valid) return null;
  if (tiers.length === 0) {
    return (
      <Typography variant="body2" style={{ marginTop: 8 }}>
        Nothing is asked for more or less than now.
      </Typography>
    );
  }
  return (
    <>
      {tiers.map(({ tier, items }) => (
        <div key={tier}>
          <Typography
            component="h3"
            variant="body2"
            style={{ fontWeight: 600, marginTop: 8 }}
          >
            {tierText(tier).label}
          </Typography>
          <ul aria-label={`What changes in ${tierText(tier).label}`}>
            {items.map(({ effect, text, scope }) => (
              <li key={`${scope}:${text}`}>
                <strong>{effects[effect]}:</strong> {text}
                {scope && (
                  <>
                    {' '}
                    (<code>{scope}</code>)
                  </>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

/** Whether the files load, what their tests say, and what they change. */
export function CheckSection({ checked }: { checked: Checked }) {
  const { value, error, busy, again } = checked;
  return (
    <Section
      title="2. Check"
      description="Whether it loads, whether the tests of the policies hold, and what is asked for more or less."
      actions={
        <>
          <Typography variant="body2" role="status">
            {busy ? 'Checking…' : ''}
          </Typography>
          <Button size="small" variant="outlined" onClick={again}>
            Check again
          </Button>
        </>
      }
    >
      {error !== undefined && (
        <ErrorHint
          title="The files could not be checked"
          error={error}
          retry={again}
        />
      )}
      {value && (
        <>
          <Verdict check={value} />
          <Tests check={value} />
          <Changes check={value} />
          {value.uncovered.length > 0 && (
            <details style={{ marginTop: 8 }}>
              <summary>
                {count(value.uncovered.length, 'rule')} that no test looks at
              </summary>
              <ul>
                {value.uncovered.map(({ file, field }) => (
                  <li key={`${file}:${field}`}>
                    {file}: <code>{field}</code>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </Section>
  );
}
