import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Section } from '@modelhub/backstage-plugin-models-react';
import { rootRouteRef } from '../routes';

/** The way to the experiments from the page of gateways and keys. */
export function OnlineLinkSection() {
  const root = useRouteRef(rootRouteRef)();
  return (
    <Section
      title="Experiments with live calls"
      description="Score answers of an access profile inside the gateway, or let two models share its calls, with the consent of its owner."
    >
      <Link to={`${root}/online`}>Look at experiments, or plan one</Link>
    </Section>
  );
}
