import type { ModelTip } from '@modelhub/backstage-plugin-models-common';
import { CopyButton } from '@modelhub/backstage-plugin-models-react';
import { tipKinds, versionText } from '../lib/words';
import { Byline } from '../shared/Byline';
import { ContributionActions } from '../shared/ContributionActions';
import { ContributionState } from '../shared/ContributionState';
import { SafeMarkdown } from '../shared/SafeMarkdown';
import { SettingsBlock } from '../shared/SettingsBlock';
import { useListStyles } from '../shared/useListStyles';

const FENCED = /^(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n?^\1[ \t]*$/m;

/** What one wants in the clipboard: the first block of code where there is one, otherwise all. */
export function copiedText(body: string): string {
  return FENCED.exec(body)?.[2] ?? body;
}

/** One tip, with what can be copied from it. */
export function TipItem(props: {
  tip: ModelTip;
  withModel?: boolean;
  onChanged: () => void;
  onEdit?: () => void;
}) {
  const { tip, onChanged } = props;
  const classes = useListStyles();
  const what = `the tip “${tip.title}”`;
  return (
    <article aria-label={what}>
      <ContributionState contribution={tip} noun="tip" onChanged={onChanged} />
      <h3 className={classes.title}>
        {tip.title} <CopyButton text={copiedText(tip.body)} what={what} />
      </h3>
      <Byline
        contribution={tip}
        withModel={props.withModel}
        facts={[
          tipKinds.find(({ value }) => value === tip.kind)?.label,
          versionText(tip.modelVersion),
        ]}
      />
      <SafeMarkdown text={tip.body} />
      {tip.settings && (
        <SettingsBlock
          settings={tip.settings}
          what={`the settings of “${tip.title}”`}
        />
      )}
      <ContributionActions
        contribution={tip}
        kind="tip"
        what={what}
        onChanged={onChanged}
        onEdit={props.onEdit}
      />
    </article>
  );
}
