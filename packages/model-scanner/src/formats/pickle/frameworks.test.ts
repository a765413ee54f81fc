import { pickle, uint64 } from '../../__testUtils__/pickles';
import { payload, scan } from '../../__testUtils__/scans';
import { zip } from '../../__testUtils__/zips';

const STORAGES =
  `FloatStorage HalfStorage BFloat16Storage DoubleStorage ByteStorage CharStorage
  ShortStorage IntStorage LongStorage BoolStorage ComplexFloatStorage ComplexDoubleStorage
  QInt8Storage QUInt8Storage QInt32Storage QUInt4x2Storage UntypedStorage`
    .trim()
    .split(/\s+/);

/** A tensor as `torch.save` writes it, in a dict of states. */
function tensor(storage: string): Buffer {
  return pickle(2)
    .raw('}', 'q', 0)
    .longText('layer.weight')
    .raw('q', 1)
    .global('torch._utils', '_rebuild_tensor_v2')
    .raw('q', 2, '((')
    .longText('storage')
    .raw('q', 3)
    .global('torch', storage)
    .raw('q', 4)
    .longText('0')
    .raw('q', 5)
    .longText('cpu')
    .raw('q', 6, 'K', 4, 't', 'q', 7, 'Q', 'K', 0, 'K', 2, 'K', 2, 0x86)
    .raw('q', 8, 'K', 2, 'K', 1, 0x86, 'q', 9, 0x89)
    .global('collections', 'OrderedDict')
    .raw('q', 10, ')', 'R', 'q', 11, 't', 'q', 12, 'R', 'q', 13, 's')
    .stop();
}

it.each(STORAGES)('a tensor of torch in %s is clean', async storage => {
  const bytes = zip([
    { name: 'm/data.pkl', data: tensor(storage) },
    { name: 'm/data/0', data: Buffer.alloc(32, 0x80) },
    { name: 'm/version', data: '3\n' },
  ]);
  expect(await scan(bytes, 'pytorch_model.bin')).toMatchObject({
    verdict: 'clean',
    findings: [],
  });
});

it('a tensor of torch before 1.6 is clean', async () => {
  const bytes = Buffer.concat([
    Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex'),
    pickle(2).raw('M', 0xe9, 0x03).stop(),
    pickle(2).raw('}', 'q', 0).longText('little_endian').raw(0x88, 's').stop(),
    tensor('FloatStorage'),
    pickle(2).raw(']', 'q', 0).longText('0').raw('a').stop(),
    uint64(4),
    Buffer.alloc(16, 0x80),
  ]);
  expect((await scan(bytes, 'model.pth')).findings).toEqual([]);
  // What is no tensor is searched.
  const more = Buffer.concat([bytes, payload()]);
  expect((await scan(more, 'model.pth')).verdict).toBe('malicious');
});

/** Classes whose objects the frameworks' own files hold. */
const OBJECTS = {
  'scikit-learn': `sklearn.pipeline.Pipeline sklearn.preprocessing._data.StandardScaler
    sklearn.preprocessing._encoders.OneHotEncoder sklearn.compose._column_transformer.ColumnTransformer
    sklearn.ensemble._forest.RandomForestClassifier sklearn.tree._classes.DecisionTreeClassifier
    sklearn.linear_model._logistic.LogisticRegression sklearn.svm._classes.SVC
    sklearn.neighbors._classification.KNeighborsClassifier sklearn.cluster._kmeans.KMeans
    sklearn.decomposition._pca.PCA sklearn.naive_bayes.GaussianNB
    sklearn.feature_extraction.text.TfidfVectorizer sklearn.impute._base.SimpleImputer
    sklearn.model_selection._search.GridSearchCV sklearn.isotonic.IsotonicRegression
    sklearn.neural_network._multilayer_perceptron.MLPClassifier sklearn.calibration.CalibratedClassifierCV
    sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingClassifier
    sklearn.gaussian_process._gpc.GaussianProcessClassifier sklearn.utils._bunch.Bunch`,
  XGBoost:
    'xgboost.sklearn.XGBClassifier xgboost.sklearn.XGBRegressor xgboost.core.Booster',
  LightGBM:
    'lightgbm.sklearn.LGBMClassifier lightgbm.sklearn.LGBMRegressor lightgbm.basic.Booster',
  CatBoost: 'catboost.core.CatBoostClassifier',
  torch: `torch.nn.modules.linear.Linear torch.nn.modules.container.Sequential
    torch.nn.modules.activation.ReLU torch.nn.modules.conv.Conv2d torch.nn.modules.normalization.LayerNorm
    torch.nn.modules.batchnorm.BatchNorm2d torch.nn.modules.transformer.TransformerEncoderLayer
    torch.optim.adam.Adam torch.optim.adamw.AdamW torch.optim.lr_scheduler.StepLR`,
};

it.each(Object.entries(OBJECTS))(
  'objects of %s are clean',
  async (_, names) => {
    for (const path of names.trim().split(/\s+/)) {
      const at = path.lastIndexOf('.');
      const [module, name] = [path.slice(0, at), path.slice(at + 1)];
      const states = [
        pickle(4).stackGlobal(module, name).raw(')', 0x81, '}', 'b').stop(),
        pickle(2)
          .global('copy_reg', '_reconstructor')
          .raw('(')
          .global(module, name)
          .global('__builtin__', 'object')
          .raw('N', 't', 'R', '}', 'b')
          .stop(),
      ];
      for (const bytes of states) {
        expect((await scan(bytes, 'model.pkl')).findings).toEqual([]);
      }
    }
  },
);

it('training arguments of transformers are clean', async () => {
  const enumeration = (module: string, name: string, value: string) =>
    pickle(2)
      .global(module, name)
      .longText(value)
      .raw(0x85, 'R')
      .unfinished()
      .subarray(2);
  const bytes = pickle(2)
    .global('transformers.training_args', 'TrainingArguments')
    .raw(')', 0x81, '}', '(')
    .longText('output_dir')
    .longText('out')
    .longText('eval_strategy')
    .raw(enumeration('transformers.trainer_utils', 'IntervalStrategy', 'no'))
    .longText('lr_scheduler_type')
    .raw(enumeration('transformers.trainer_utils', 'SchedulerType', 'linear'))
    .longText('optim')
    .raw(
      enumeration(
        'transformers.training_args',
        'OptimizerNames',
        'adamw_torch',
      ),
    )
    .longText('hub_strategy')
    .raw(enumeration('transformers.trainer_utils', 'HubStrategy', 'every_save'))
    .longText('_n_gpu')
    .raw('K', 1)
    .longText('device')
    .raw(enumeration('torch', 'device', 'cuda'))
    .longText('accelerator_config')
    .global('transformers.trainer_pt_utils', 'AcceleratorConfig')
    .raw(')', 0x81, '}', 'b')
    .longText('distributed_state')
    .global('accelerate.state', 'PartialState')
    .raw(')', 0x81, '}', '(')
    .longText('distributed_type')
    .raw(enumeration('accelerate.utils.dataclasses', 'DistributedType', 'NO'))
    .raw('u', 'b', 'u', 'b')
    .stop();
  expect((await scan(bytes, 'training_args.bin')).findings).toEqual([]);
});

it('masked and record arrays of numpy are clean', async () => {
  const bytes = pickle(2)
    .raw(']', '(')
    .global('numpy.ma', 'MaskedArray')
    .global('numpy.rec', 'recarray')
    .raw('e')
    .stop();
  expect((await scan(bytes, 'a.pkl')).findings).toEqual([]);
});
