import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { PolicyProposalDetail } from '@modelhub/backstage-plugin-models-common';
import { Section } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { ActivateDialog } from './ActivateDialog';
import { failedTests } from './CheckSection';
import type { Checked } from './useCheck';
import type { Replayed } from './useReplay';

/** Why it cannot be activated now; undefined where it can. */
export function againstActivation(options: {
  detail: PolicyProposalDetail;
  dirty: boolean;
  checked: Checked;
}): string | undefined {
  const { detail, dirty, checked } = options;
  const command = detail.commands.find(one => one.command === 'activate');
  if (!command?.allowed) return command?.refusal?.message;
  if (dirty) return 'Save what you typed first.';
  if (checked.busy || !checked.value) return 'It is checked first.';
  if (!checked.value.valid) return 'The policies do not load.';
  return failedTests(checked.value).length > 0
    ? 'Tests of the policies expect something else.'
    : undefined;
}

/** The last step: somebody else puts it into force. */
export function ActivateSection(props: {
  detail: PolicyProposalDetail;
  dirty: boolean;
  checked: Checked;
  replayed: Replayed;
  onDone: () => void;
}) {
  const { detail, checked, replayed, onDone } = props;
  const [open, setOpen] = useState(false);
  const refusal = againstActivation(props);
  const version = checked.value?.version;
  return (
    <Section
      title="4. Activate"
      description="Somebody else than the author puts it into force, with a passkey."
    >
      {refusal && (
        <Typography variant="body2" id="activate-refusal" paragraph>
          {refusal}
        </Typography>
      )}
      <Button
        variant="contained"
        color="primary"
        disabled={refusal !== undefined || !version}
        aria-describedby={refusal ? 'activate-refusal' : undefined}
        onClick={() => {
          setOpen(true);
          if (!replayed.value && !replayed.busy) replayed.run();
        }}
      >
        Activate
      </Button>
      {open && version && (
        <ActivateDialog
          proposal={detail.proposal}
          version={version}
          replayed={replayed}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            onDone();
          }}
        />
      )}
    </Section>
  );
}
