import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { PackRunPreview } from '@modelhub/backstage-plugin-models-common';
import { Facts } from '@modelhub/backstage-plugin-models-react';
import { Command } from '../shared/Command';
import { listing } from '../lib/words';

const count = (value: number) => value.toLocaleString('en-GB');

/** `0.0123 USD`. */
export function costText({
  amount,
  currency,
}: NonNullable<PackRunPreview['estimatedCost']>): string {
  const digits = amount >= 1 ? 2 : 4;
  const text = amount.toLocaleString('en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  });
  return amount > 0 && amount < 0.0001
    ? `less than 0.0001 ${currency}`
    : `${text} ${currency}`;
}

/** What a run would ask and cost. */
export function PreviewFacts({ preview }: { preview: PackRunPreview }) {
  const { cases, requests, estimatedTokens, estimatedCost, gates } = preview;
  // Dialogs draw their texts pale and large.
  return (
    <Typography variant="body2" color="textPrimary" component="div">
      <Facts
        items={[
          ['Cases', cases !== undefined && count(cases)],
          ['Requests', requests !== undefined && count(requests)],
          [
            'Tokens at most',
            estimatedTokens &&
              `${count(estimatedTokens.input)} asked, ${count(
                estimatedTokens.output,
              )} answered`,
          ],
          [
            'Costs at most',
            estimatedCost
              ? costText(estimatedCost)
              : 'not known: the model has no prices in the catalog',
          ],
          [
            'Its result goes to',
            gates.length > 0
              ? `the ${gates.length === 1 ? 'check' : 'checks'} ${listing(
                  gates,
                )} of open requests`
              : 'this page; no open request asks for it now',
          ],
        ]}
      />
    </Typography>
  );
}

/** Why a run cannot be started here, and what does it elsewhere. */
export function RunElsewhere({ preview }: { preview: PackRunPreview }) {
  const { refusal, command, uploadCommand } = preview;
  return (
    <>
      {refusal && <Alert severity="info">{refusal.message}</Alert>}
      <Typography variant="body2" style={{ marginTop: 8 }}>
        {refusal
          ? 'Run it where the model can be reached, and send what it measured:'
          : 'Or run it elsewhere, and send what it measured:'}
      </Typography>
      <Command text={`${command}\n${uploadCommand}`} />
    </>
  );
}
