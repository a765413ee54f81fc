import { payload, scan } from '../../__testUtils__/scans';
import { PickleWriter, pickle, uint64 } from '../../__testUtils__/pickles';

const findings = async (bytes: Buffer, name: string) =>
  (await scan(bytes, name)).findings;

/** What these frameworks were seen to import when their objects were saved. */
const IMPORTS: Record<string, string> = {
  'scikit-learn': `sklearn.calibration _CalibratedClassifier
    sklearn.calibration _SigmoidCalibration
    sklearn.cluster._birch _CFNode
    sklearn.cluster._kmeans _kmeans_single_lloyd
    sklearn.feature_selection._univariate_selection f_classif
    sklearn.gaussian_process._gpc _BinaryGaussianProcessClassifierLaplace
    sklearn.metrics._classification f1_score
    sklearn.metrics._dist_metrics EuclideanDistance
    sklearn.metrics._dist_metrics EuclideanDistance64
    sklearn.metrics._scorer _PredictScorer
    sklearn.metrics._scorer _Scorer
    sklearn.preprocessing._function_transformer FunctionTransformer
    sklearn._loss.link LogitLink
    numpy.core._multiarray_umath log1p
    numpy mean
    scipy.interpolate._bsplines BSpline
    scipy.interpolate._interpolate interp1d`,
  pandas: `pandas.core.frame DataFrame
    pandas.core.indexes.base Index
    pandas.core.indexes.base _new_Index
    pandas.core.indexes.datetimes _new_DatetimeIndex
    pandas.core.indexes.numeric Int64Index
    pandas.core.arrays.integer IntegerArray
    pandas.core.arrays.integer Int64Dtype
    pandas.core.arrays.sparse.array SparseArray
    pandas.core.arrays.string_ StringDtype
    pandas.core.dtypes.dtypes DatetimeTZDtype
    pandas._libs.interval __pyx_unpickle_IntervalMixin
    pandas._libs.tslibs.offsets BusinessDay
    pandas._libs.tslibs.period Period
    pandas._libs.tslibs.timedeltas _timedelta_unpickle
    pytz _UTC
    zoneinfo ZoneInfo._unpickle`,
  torch: `torch.nn.functional relu
    torch.ao.nn.quantized.dynamic.modules.linear Linear
    torch.ao.nn.quantized.modules.linear LinearPackedParams
    torch.nn.utils.weight_norm WeightNorm
    torch.utils.data.dataset TensorDataset
    torch.optim.lr_scheduler OneCycleLR
    torch ComplexFloatStorage
    torch.cuda HalfStorage`,
  torchvision: `torchvision.models.resnet ResNet
    torchvision.models.resnet BasicBlock
    torchvision.models.densenet _DenseLayer
    torchvision.models.detection.faster_rcnn FasterRCNN
    torchvision.ops.misc Conv2dNormActivation
    torchvision.transforms.transforms Compose
    torchvision.transforms.functional InterpolationMode.BILINEAR`,
  scipy: `scipy.sparse._csr csr_matrix
    scipy.sparse._arrays csr_array
    scipy.sparse._dia dia_matrix
    scipy.spatial._ckdtree cKDTree
    scipy.spatial.transform._rotation Rotation`,
};

it.each(Object.entries(IMPORTS))(
  'what %s imports is clean',
  async (_, list) => {
    for (const path of list.split('\n')) {
      const [module, name] = path.trim().split(' ');
      const bytes = pickle(4).stackGlobal(module, name).stop();
      expect(await findings(bytes, 'm.pkl')).toEqual([]);
    }
  },
);

/** `('storage', type, key, location, size)`, as a persistent id. */
const storage = (writer: PickleWriter, key: string, size: number) =>
  writer
    .raw('(')
    .longText('storage')
    .global('torch', 'FloatStorage')
    .longText(key)
    .longText('cpu')
    .raw('K', size, 'N', 't', 'Q');

const tensor = (writer: PickleWriter, key: string, size: number) =>
  storage(
    writer.global('torch._utils', '_rebuild_tensor_v2').raw('('),
    key,
    size,
  ).raw('K', 0, 'K', size, 0x85, 'K', 1, 0x85, 0x89, 'N', 't', 'R');

const floats = (count: number, byte: number) =>
  Buffer.concat([uint64(count), Buffer.alloc(4 * count, byte)]);

/** A file of torch before 1.6. */
function oldTorch(
  model: Buffer,
  keys: string[],
  ...storages: Buffer[]
): Buffer {
  return Buffer.concat([
    Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex'),
    pickle(2).raw('M', 0xe9, 0x03).stop(),
    pickle(2).raw('}').longText('little_endian').raw(0x88, 's').stop(),
    model,
    keys
      .reduce(
        (writer, key) => writer.longText(key).raw('a'),
        pickle(2).raw(']'),
      )
      .stop(),
    ...storages,
  ]);
}

describe('a file of torch before 1.6', () => {
  const twoTensors = () => {
    const writer = pickle(2).raw('](');
    tensor(writer, '7', 2);
    tensor(writer, '12', 3);
    return writer.raw('e').stop();
  };

  it('holds tensors that look like pickles, and is clean', async () => {
    // 0x80 0x02 begins a pickle; so may any number.
    const like = Buffer.alloc(8, '80024e80', 'hex');
    const bytes = oldTorch(
      twoTensors(),
      ['12', '7'],
      floats(3, 0x63),
      Buffer.concat([uint64(2), like]),
    );
    expect(await findings(bytes, 'm.pth')).toEqual([]);
  });

  it('is searched where its tensors are not as it says', async () => {
    for (const storages of [
      [floats(3, 1), floats(2, 1), payload()],
      [floats(4, 1), payload()],
      [payload()],
    ]) {
      const bytes = oldTorch(twoTensors(), ['12', '7'], ...storages);
      expect((await scan(bytes, 'm.pth')).verdict).toBe('malicious');
    }
  });

  it('names the classes of its layers by persistent ids', async () => {
    const layer = pickle(2)
      .raw('(')
      .longText('module')
      .global('torch.nn.modules.linear', 'Linear')
      .longText('/lib/torch/nn/modules/linear.py')
      .longText('class Linear(Module): …')
      .raw('t', 'Q', ')', 0x81, '}', 'b')
      .stop();
    expect(await findings(oldTorch(layer, []), 'm.pth')).toEqual([]);
    const other = pickle(2)
      .raw('(')
      .longText('module')
      .global('os', 'system')
      .raw('NN', 't', 'Q', ')', 'R')
      .stop();
    expect((await scan(oldTorch(other, []), 'm.pth')).verdict).toBe(
      'malicious',
    );
  });

  it.each([3, 4, 5])('may be of protocol %s', async protocol => {
    const magic = Buffer.from('8a0a6cfc9c46f9206aa850192e', 'hex');
    const frame = Buffer.concat([Buffer.from([0x95]), uint64(magic.length)]);
    const bytes = Buffer.concat([
      Buffer.from([0x80, protocol]),
      ...(protocol > 3 ? [frame] : []),
      magic,
      oldTorch(twoTensors(), ['12', '7'], floats(3, 7), floats(2, 7)).subarray(
        15,
      ),
    ]);
    expect(await findings(bytes, 'm.pth')).toEqual([]);
  });
});

describe('a tensor that was pickled without torch.save', () => {
  const within = (bytes: Buffer) =>
    pickle(4)
      .stackGlobal('torch._utils', '_rebuild_tensor_v2')
      .stackGlobal('torch.storage', '_load_from_bytes')
      .bytes(bytes)
      .raw(0x85, 'R', 'K', 0, 0x86, 'R')
      .stop();

  it('is clean when the file of torch within it is', async () => {
    const inner = oldTorch(
      storage(pickle(2), '1', 2).stop(),
      ['1'],
      floats(2, 1),
    );
    expect(await findings(within(inner), 'm.pkl')).toEqual([]);
  });

  it('is not when the file of torch within it runs something', async () => {
    const inner = oldTorch(payload(), []);
    expect((await scan(within(inner), 'm.pkl')).verdict).toBe('malicious');
  });
});

describe('getattr', () => {
  const of = (name: string) =>
    pickle(2)
      .global('__builtin__', 'getattr')
      .global('torch.optim.lr_scheduler', 'OneCycleLR')
      .raw(')', 0x81, '}', 'b')
      .longText(name)
      .raw(0x86, 'R');

  it('may name what checkpoints of torch keep of a scheduler', async () => {
    expect(await findings(of('_annealing_cos').stop(), 'm.pt')).toEqual([]);
  });

  it.each(['load_state_dict', '__class__', '_annealing_cos.__globals__'])(
    'may not name %s',
    async name => {
      expect((await scan(of(name).stop(), 'm.pt')).verdict).toMatch(
        /malicious|suspicious/,
      );
    },
  );
});
