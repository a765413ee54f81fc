import { Link } from '@backstage/core-components';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { formatDate, formatNumber } from '../format';
import { NotStated, SectionCard } from './SectionCard';
import { useModelEntity } from './useModelEntity';

function Source({ source }: { source?: string }) {
  if (!source) return <>Not stated</>;
  if (source === 'internal') return <>Measured here</>;
  if (!/^https?:\/\//.test(source)) return <>{source}</>;
  return <Link to={source}>{new URL(source).hostname}</Link>;
}

/** What was measured, by whom and when. */
export function BenchmarksCard() {
  const { benchmarks } = useModelEntity().spec;
  return (
    <SectionCard title="Benchmarks">
      {benchmarks?.length ? (
        <TableContainer>
          <Table size="small" aria-label="Benchmarks">
            <TableHead>
              <TableRow>
                <TableCell>Suite</TableCell>
                <TableCell>Metric</TableCell>
                <TableCell align="right">Value</TableCell>
                <TableCell>Version</TableCell>
                <TableCell>Measured</TableCell>
                <TableCell>Source</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {benchmarks.map((benchmark, index) => (
                <TableRow key={index}>
                  <TableCell component="th" scope="row" role="rowheader">
                    {benchmark.suite}
                  </TableCell>
                  <TableCell>{benchmark.metric}</TableCell>
                  <TableCell align="right">
                    {formatNumber(benchmark.value)}
                  </TableCell>
                  <TableCell>{benchmark.version ?? 'Not stated'}</TableCell>
                  <TableCell>
                    {benchmark.on ? formatDate(benchmark.on) : 'Not stated'}
                  </TableCell>
                  <TableCell>
                    <Source source={benchmark.source} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      ) : (
        <NotStated>Nothing was measured yet.</NotStated>
      )}
    </SectionCard>
  );
}
