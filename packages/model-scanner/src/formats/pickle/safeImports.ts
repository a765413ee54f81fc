/**
 * Constructors that model files of the common frameworks need to be rebuilt.
 * Each was looked at: none runs code that the file chooses, opens a file or
 * connection, or looks up a name.
 */
const NAMES = new Set(
  `builtins.object builtins.int builtins.float builtins.complex builtins.bool
  builtins.str builtins.bytes builtins.bytearray builtins.list builtins.tuple
  builtins.dict builtins.set builtins.frozenset builtins.slice builtins.range
  builtins.unicode builtins.long builtins.xrange builtins.basestring
  builtins.Ellipsis builtins.NotImplemented builtins.reversed builtins.enumerate
  builtins.min builtins.max builtins.len builtins.abs builtins.sum builtins.sorted
  copyreg._reconstructor copyreg.__newobj__ copyreg.__newobj_ex__ copyreg._reduce_ex
  _codecs.encode
  collections.OrderedDict collections.defaultdict collections.deque collections.Counter
  datetime.date datetime.datetime datetime.time datetime.timedelta datetime.timezone
  decimal.Decimal fractions.Fraction uuid.UUID _decimal.Decimal
  pathlib.PurePosixPath pathlib.PureWindowsPath pathlib.PosixPath pathlib.WindowsPath
  pathlib.Path pathlib.PurePath pathlib._local.PosixPath pathlib._local.WindowsPath
  types.SimpleNamespace
  argparse.Namespace random.Random
  numpy.ndarray numpy.dtype numpy.ma.core.MaskedArray numpy.ma.core._mareconstruct
  numpy.core.multiarray._reconstruct numpy._core.multiarray._reconstruct
  numpy.core.multiarray.scalar numpy._core.multiarray.scalar
  numpy.core.numeric._frombuffer numpy._core.numeric._frombuffer
  numpy.matrix numpy.recarray numpy.record
  numpy.ma.MaskedArray numpy.rec.recarray numpy.rec.record numpy.matrixlib.defmatrix.matrix
  numpy.random._pickle.__randomstate_ctor numpy.random._pickle.__generator_ctor
  numpy.random._pickle.__bit_generator_ctor numpy.random._mt19937.MT19937
  numpy.random._pcg64.PCG64 numpy.random._pcg64.PCG64DXSM numpy.random._philox.Philox
  numpy.random._sfc64.SFC64 numpy.random.bit_generator.SeedSequence
  numpy.random._bit_generator.SeedSequence
  numpy.random.bit_generator.__pyx_unpickle_SeedSequence
  scipy.sparse._csr.csr_matrix scipy.sparse._csc.csc_matrix scipy.sparse._coo.coo_matrix
  scipy.sparse._csr.csr_array scipy.sparse._csc.csc_array scipy.sparse._coo.coo_array
  scipy.sparse.csr.csr_matrix scipy.sparse.csc.csc_matrix scipy.sparse.coo.coo_matrix
  scipy.sparse._lil.lil_matrix scipy.sparse._dok.dok_matrix
  joblib.numpy_pickle.NumpyArrayWrapper joblib.numpy_pickle.ZNDArrayWrapper
  torch.device torch.Size torch.Tensor torch.dtype torch.layout torch.memory_format
  torch.QUInt4x2 torch.Generator torch.torch_version.TorchVersion
  torch._utils._rebuild_tensor torch._utils._rebuild_tensor_v2
  torch._utils._rebuild_tensor_v3 torch._utils._rebuild_parameter
  torch._utils._rebuild_parameter_with_state torch._utils._rebuild_qtensor
  torch._utils._rebuild_sparse_tensor torch._utils._rebuild_sparse_csr_tensor
  torch._utils._rebuild_nested_tensor torch._utils._rebuild_meta_tensor_no_storage
  torch._utils._rebuild_device_tensor_from_numpy torch._utils._rebuild_wrapper_subclass
  torch._utils._rebuild_device_tensor_from_cpu_tensor torch._tensor._rebuild_from_type
  torch._tensor._rebuild_from_type_v2 torch.serialization._get_layout
  torch.nn.parameter.Parameter torch.nn.parameter.Buffer torch.nn.Parameter
  torch.storage.TypedStorage torch.storage.UntypedStorage torch.storage._TypedStorage
  torch.per_tensor_affine torch.per_channel_affine torch.per_tensor_symmetric
  torch.per_channel_symmetric torch.per_channel_affine_float_qparams
  torch.jit._pickle.build_intlist torch.jit._pickle.build_tensorlist
  torch.jit._pickle.build_doublelist torch.jit._pickle.build_boollist
  torch.jit._pickle.build_tensor_from_id torch.jit._pickle.restore_type_tag
  torch.strided torch.sparse_coo torch.sparse_csr
  xgboost.core.Booster xgboost.core.DMatrix
  lightgbm.basic.Booster lightgbm.basic.Dataset
  catboost.core.CatBoost
  transformers.training_args.TrainingArguments
  transformers.training_args.OptimizerNames transformers.training_args.ParallelMode
  transformers.training_args_seq2seq.Seq2SeqTrainingArguments
  transformers.trainer_utils.IntervalStrategy transformers.trainer_utils.SchedulerType
  transformers.trainer_utils.HubStrategy transformers.trainer_utils.SaveStrategy
  transformers.trainer_utils.EvaluationStrategy transformers.trainer_utils.FSDPOption
  transformers.trainer_utils.ShardedDDPOption transformers.trainer_pt_utils.AcceleratorConfig
  transformers.integrations.deepspeed.HfTrainerDeepSpeedConfig
  transformers.deepspeed.HfTrainerDeepSpeedConfig transformers.utils.generic.PaddingStrategy
  transformers.debug_utils.DebugOption transformers.generation.configuration_utils.GenerationConfig
  accelerate.state.PartialState accelerate.utils.dataclasses.DistributedType
  accelerate.utils.dataclasses.DeepSpeedPlugin accelerate.utils.dataclasses.DynamoBackend
  trl.trainer.sft_config.SFTConfig trl.trainer.dpo_config.DPOConfig
  peft.utils.peft_types.PeftType peft.utils.peft_types.TaskType peft.tuners.lora.config.LoraConfig
  pandas.core.frame.DataFrame pandas.core.series.Series pandas.core.internals.managers.BlockManager
  pandas.core.internals.managers.SingleBlockManager pandas._libs.internals._unpickle_block
  pandas.core.indexes.base.Index pandas.core.indexes.base._new_Index
  pandas.core.indexes.range.RangeIndex pandas.core.indexes.multi.MultiIndex
  pandas.core.dtypes.dtypes.CategoricalDtype pandas.core.arrays.categorical.Categorical
  pandas._libs.arrays.__pyx_unpickle_NDArrayBacked pandas._libs.tslibs.timestamps._unpickle_timestamp
  sklearn.tree._tree.Tree sklearn._loss.link.Interval sklearn.utils._bunch.Bunch
  sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor
  sklearn.ensemble._hist_gradient_boosting.binning._BinMapper
  sklearn.metrics._dist_metrics.newObj sklearn.neighbors._kd_tree.newObj
  sklearn.neighbors._ball_tree.newObj sklearn.metrics._scorer._passthrough_scorer
  sklearn.compose._column_transformer._RemainderColsList`
    .trim()
    .split(/\s+/),
);

/** Scalars and element types, which are all named alike. */
const NUMPY_SCALAR =
  /^numpy\.(bool_?|u?int(8|16|32|64|p|c)?|u?(byte|short|long|longlong)|float(16|32|64|128)|half|single|double|longdouble|complex(64|128|256)|str_|bytes_|void|object_|datetime64|timedelta64)$/;
const NUMPY_DTYPE =
  /^numpy\.(_?core\.)?dtypes?(\[[a-z0-9_]+\]|\.[A-Za-z0-9]+DType)$/;
const TORCH_TYPE =
  /^torch\.((cuda\.)?(Half|BFloat16|Float|Double|Byte|Char|Short|Int|Long|Bool|ComplexFloat|ComplexDouble|QInt8|QInt32|QUInt8|QUInt4x2|QUInt2x4|Untyped)(Storage|Tensor)|float(16|32|64)|float8_e[45]m[23](fnu?z?|uz)?|bfloat16|u?int(1|2|3|4|5|6|7|8|16|32|64)|bool|half|float|double|complex(32|64|128)|qu?int\d+(x\d)?|bits\d+(x\d)?)$/;
/** Layers keep texts and tensors; their constructors are not called. */
const TORCH_LAYER =
  /^torch\.nn\.(modules\.[a-z_]+|quantized\.[a-z_.]+|utils\.(parametrize|rnn))\.[A-Z][A-Za-z0-9]*$/;
const TORCH_OPTIMISER =
  /^torch\.optim\.(_[a-z]+|[a-z_]+)\.(?!LambdaLR$)[A-Z][A-Za-z0-9]*$/;
const SKLEARN_ESTIMATOR =
  /^sklearn\.(calibration|cluster|compose|covariance|cross_decomposition|decomposition|discriminant_analysis|dummy|ensemble|feature_extraction|feature_selection|gaussian_process|impute|isotonic|kernel_approximation|kernel_ridge|linear_model|manifold|mixture|model_selection|multiclass|multioutput|naive_bayes|neighbors|neural_network|pipeline|preprocessing|random_projection|semi_supervised|svm|tree)(\.[a-z_0-9]+)*\.(?!FunctionTransformer$)[A-Z][A-Za-z0-9]*$/;
const SKLEARN_LOSS =
  /^sklearn\._loss\.(loss|_loss)\.(__pyx_unpickle_)?[A-Z][A-Za-z0-9]*$/;
const BOOSTED =
  /^(xgboost\.sklearn\.XGB[A-Za-z]+|lightgbm\.sklearn\.(LGBM[A-Za-z]+|_LGBM[A-Za-z]+)|catboost\.core\.CatBoost[A-Za-z]+)$/;

const PATTERNS = [
  NUMPY_SCALAR,
  NUMPY_DTYPE,
  TORCH_TYPE,
  TORCH_LAYER,
  TORCH_OPTIMISER,
  SKLEARN_ESTIMATOR,
  SKLEARN_LOSS,
  BOOSTED,
];

/** Whether an import is one that the common frameworks need and that is harmless. */
export function isSafe(module: string, name: string): boolean {
  const path = `${module}.${name}`;
  return NAMES.has(path) || PATTERNS.some(pattern => pattern.test(path));
}
