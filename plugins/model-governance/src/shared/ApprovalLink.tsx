import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { ReactNode } from 'react';
import { approvalRouteRef } from '../routes';

/** To the page of one approval. */
export function ApprovalLink(props: {
  id: string;
  children: ReactNode;
  label?: string;
}) {
  const approval = useRouteRef(approvalRouteRef);
  return (
    <Link to={approval({ id: props.id })} aria-label={props.label}>
      {props.children}
    </Link>
  );
}
