import Typography from '@material-ui/core/Typography';
import { caseCountText } from '../approval/evaluationRun/words';

/** Cases that went wrong. */
export function Failures(props: {
  resultId: string;
  title: string;
  count?: number;
}) {
  const { count } = props;
  return count === undefined ? null : (
    <Typography variant="body2">{caseCountText(count)} went wrong.</Typography>
  );
}
