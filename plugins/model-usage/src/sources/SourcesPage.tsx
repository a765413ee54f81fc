import { usePermission } from '@backstage/plugin-permission-react';
import {
  modelGatewayManagePermission,
  modelUsageImportPermission,
} from '@modelhub/backstage-plugin-models-common';
import { EmptyHint } from '@modelhub/backstage-plugin-models-react';
import { UsageTitle } from '../usage/UsageTitle';
import { ImportsSection } from './ImportsSection';
import { SourcesSection } from './SourcesSection';

/** Where usage comes from beside the gateways. */
export function SourcesPage() {
  const sources = usePermission({ permission: modelGatewayManagePermission });
  const imports = usePermission({ permission: modelUsageImportPermission });
  const isKnown = !sources.loading && !imports.loading;
  return (
    <>
      <UsageTitle title="Sources and imports" />
      {sources.allowed && <SourcesSection />}
      {imports.allowed && <ImportsSection />}
      {isKnown && !sources.allowed && !imports.allowed && (
        <EmptyHint
          title="Sources and imports are for those who run the hub"
          description="Ask the team that runs it when usage is missing."
        />
      )}
    </>
  );
}
