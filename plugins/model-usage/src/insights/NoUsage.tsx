import { EmptyHint } from '@modelhub/backstage-plugin-models-react';

/** Nothing to show, and how numbers get here. */
export function NoUsage(props: {
  title: string;
  /** First day of which anything is known; none when nothing is. */
  dataSince: string | undefined;
}) {
  return (
    <EmptyHint
      title={props.title}
      description={
        props.dataSince
          ? `Calls are known since ${props.dataSince}. Choose a longer time to see them.`
          : 'Calls through the model gateway come here by themselves within seconds; those of LiteLLM, Prometheus and other sources once an administrator has connected them to the usage backend.'
      }
    />
  );
}
