/**
 * A kind of GPU.
 *
 * @public
 */
export interface Gpu {
  /** `h100-80gb` */
  id: string;
  /** `H100 80GB` */
  name: string;
  /** What the driver offers to programs, in GiB. */
  memoryGiB: number;
}

/**
 * Some GPUs of one kind.
 *
 * @public
 */
export interface GpuSet {
  count: number;
  gpu: Gpu;
  /** Nothing is known of the kind but the memory that its text names. */
  isUnknown?: boolean;
}

/**
 * Memory as `nvidia-smi` and `rocm-smi` tell it: a card that is sold as 24 GB
 * has 22.5 GiB when error correction is on.
 */
const GPUS: Gpu[] = [
  ['t4-16gb', 'T4 16GB', 15],
  ['v100-16gb', 'V100 16GB', 16],
  ['v100-32gb', 'V100 32GB', 32],
  ['l4-24gb', 'L4 24GB', 22.5],
  ['a10-24gb', 'A10 24GB', 22.5],
  ['a10g-24gb', 'A10G 24GB', 22.5],
  ['a40-48gb', 'A40 48GB', 45],
  ['l40-48gb', 'L40 48GB', 45],
  ['l40s-48gb', 'L40S 48GB', 45],
  ['a100-40gb', 'A100 40GB', 40],
  ['a100-80gb', 'A100 80GB', 80],
  ['h100-80gb', 'H100 80GB', 79.6],
  ['h100-94gb', 'H100 NVL 94GB', 93.6],
  ['h200-141gb', 'H200 141GB', 140.4],
  ['b200-180gb', 'B200 180GB', 179],
  ['gb200-186gb', 'GB200 186GB', 184],
  ['b300-288gb', 'B300 288GB', 268],
  ['rtx-4090-24gb', 'RTX 4090 24GB', 24],
  ['rtx-5090-32gb', 'RTX 5090 32GB', 31.8],
  ['rtx-6000-ada-48gb', 'RTX 6000 Ada 48GB', 48],
  ['rtx-pro-6000-96gb', 'RTX PRO 6000 96GB', 95.6],
  ['mi300x-192gb', 'MI300X 192GB', 192],
  ['mi325x-256gb', 'MI325X 256GB', 256],
].map(([id, name, memoryGiB]) => ({ id, name, memoryGiB } as Gpu));

const GIB_PER_GB = 1e9 / 1024 ** 3;

const plain = (text: string) =>
  text.toLocaleLowerCase('en-US').replace(/[^a-z0-9]+/g, ' ');

const family = ({ id }: Gpu) => id.replace(/-\d+gb$/, '').replaceAll('-', ' ');

/**
 * The GPUs that a text names, such as `2x H100 80GB` or `1 x L4`; undefined
 * where it names none. Of a kind with several sizes, the smallest is meant when
 * no size is told.
 *
 * @public
 */
export function parseGpus(text: string): GpuSet | undefined {
  const count = Number(/(^|\s)(\d{1,4})\s*[x×*]\s*/i.exec(text)?.[2] ?? 1);
  const kind = plain(text.replace(/(^|\s)\d{1,4}\s*[x×*]\s*/i, ' '));
  const sized = /\b(\d{1,4})\s?(g|gb|gib)\b/.exec(kind)?.[1];
  const size = sized === undefined ? undefined : Number(sized);
  const named = GPUS.filter(gpu =>
    ` ${kind} `.replace(/ nvl /, ' ').includes(` ${family(gpu)} `),
  );
  const longest = Math.max(...named.map(gpu => family(gpu).length));
  const kinds = named.filter(gpu => family(gpu).length === longest);
  const exact = kinds.find(({ id }) => id.endsWith(`-${size}gb`));
  const found = exact ?? (size === undefined ? kinds[0] : undefined);
  if (count < 1) return undefined;
  if (found) return { count, gpu: found };
  if (size === undefined || size === 0) return undefined;
  const name = text.replace(/(^|\s)\d{1,4}\s*[x×*]\s*/i, ' ').trim();
  return {
    count,
    isUnknown: true,
    gpu: {
      id: plain(name).trim().replaceAll(' ', '-'),
      name,
      memoryGiB: Math.round(size * GIB_PER_GB * 10) / 10,
    },
  };
}

/**
 * `2x H100 80GB`
 *
 * @public
 */
export function gpusText({ count, gpu }: GpuSet): string {
  return `${count}x ${gpu.name}`;
}
