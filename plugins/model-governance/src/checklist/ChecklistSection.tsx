import Button from '@material-ui/core/Button';
import type { ApprovalDetail } from '@modelhub/backstage-plugin-models-common';
import { Section } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { Loaded } from '../shared/Loaded';
import { ChecklistView } from './ChecklistView';
import { countsText } from './checklistText';
import { useChecklist } from './useChecklist';

/** The checklist of one request, for who decides on it and who waits for it. */
export function ChecklistSection({ approval }: { approval: ApprovalDetail }) {
  const [open, setOpen] = useState(
    [
      'draft',
      'checking',
      'changes-requested',
      'in-review',
      'suspended',
    ].includes(approval.state),
  );
  const query = useChecklist({
    entityRef: approval.entityRef,
    tier: approval.tier,
    approval: approval.id,
    revision: approval.revision,
  });
  if (approval.kind === 'emergency') return null;
  return (
    <Section
      title="Checklist"
      description={
        open
          ? 'What the policy asks for: what is done, what runs by itself, and what somebody owes.'
          : query.value && countsText(query.value)
      }
      actions={
        <Button
          size="small"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide' : 'Show'}
        </Button>
      }
    >
      {open && (
        <Loaded query={query} failure="The checklist could not be loaded">
          {checklist => (
            <ChecklistView checklist={checklist} label="Checklist" />
          )}
        </Loaded>
      )}
    </Section>
  );
}
