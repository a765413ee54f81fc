const ACTIVATIONS = `
  relu relu_ relu6 gelu silu elu selu celu leaky_relu prelu softplus softsign
  softmax log_softmax tanh sigmoid logsigmoid hardtanh hardswish hardsigmoid mish
  glu rrelu threshold normalize dropout interpolate`
  .trim()
  .split(/\s+/)
  .map(name => `torch.nn.functional.${name}`)
  .join(' ');

/** Tensors, layers and optimisers of torch. Layers' constructors only allocate. */
export const TORCH = `
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
  torch._utils._get_restore_location torch._utils._rebuild_mkldnn_tensor
  torch.nn.parameter.Parameter torch.nn.parameter.Buffer torch.nn.Parameter
  torch.nn.parameter.UninitializedParameter torch.nn.parameter.UninitializedBuffer
  torch.storage.TypedStorage torch.storage.UntypedStorage torch.storage._TypedStorage
  torch.storage._UntypedStorage
  torch.per_tensor_affine torch.per_channel_affine torch.per_tensor_symmetric
  torch.per_channel_symmetric torch.per_channel_affine_float_qparams
  torch.jit._pickle.build_intlist torch.jit._pickle.build_tensorlist
  torch.jit._pickle.build_doublelist torch.jit._pickle.build_boollist
  torch.jit._pickle.build_tensor_from_id torch.jit._pickle.restore_type_tag
  torch.strided torch.sparse_coo torch.sparse_csr torch.sparse_csc torch.sparse_bsr
  torch.sparse_bsc torch.contiguous_format torch.channels_last torch.preserve_format
  torch.channels_last_3d torch.ScriptObject
  torch._C._nn.gelu torch._C._nn.silu torch._C._nn.elu_ torch.relu torch.tanh torch.sigmoid
  ${ACTIVATIONS}
  torch.nn.utils.weight_norm.WeightNorm torch.nn.utils.spectral_norm.SpectralNorm
  torch.nn.utils.spectral_norm.SpectralNormStateDictHook
  torch.nn.utils.spectral_norm.SpectralNormLoadStateDictPreHook
  torch.optim.lr_scheduler.OneCycleLR._annealing_cos
  torch.optim.lr_scheduler.OneCycleLR._annealing_linear
  torch.optim.lr_scheduler.OneCycleLR._OneCycleLR__annealing_cos
  torch.optim.lr_scheduler.OneCycleLR._OneCycleLR__annealing_linear
  torch.optim.lr_scheduler.OneCycleLR._annealing_func
  torch.utils.data.dataset.TensorDataset torch.utils.data.dataset.Subset
  torch.utils.data.dataset.ConcatDataset
  torch.distributions.normal.Normal torch.distributions.constraints._Real
  torch.distributions.categorical.Categorical torch.distributions.bernoulli.Bernoulli
  torch.distributions.multivariate_normal.MultivariateNormal
  torchvision.ops.boxes.box_iou torchvision.transforms.functional.InterpolationMode
  torchvision.transforms.functional.InterpolationMode.BILINEAR
  torchvision.transforms.functional.InterpolationMode.BICUBIC
  torchvision.transforms.functional.InterpolationMode.NEAREST
  torchaudio.transforms._transforms.MelSpectrogram torchaudio.transforms._transforms.Spectrogram
  torchaudio.transforms._transforms.Resample torchaudio.transforms._transforms.MFCC`;

/** Of one letter is the alias of a module only. */
const CLASS = '[A-Z][A-Za-z0-9]+';

export const TORCH_PATTERNS = [
  /^torch\.((cuda\.)?(Half|BFloat16|Float|Double|Byte|Char|Short|Int|Long|Bool|ComplexFloat|ComplexDouble|QInt8|QInt32|QUInt8|QUInt4x2|QUInt2x4|Untyped)(Storage|Tensor)|float(16|32|64)|float8_e[45]m[23](fnu?z?|uz)?|float8_e8m0fnu|float4_e2m1fn_x2|bfloat16|u?int(1|2|3|4|5|6|7|8|16|32|64)|bool|half|float|double|complex(32|64|128)|qu?int\d+(x\d)?|bits\d+(x\d)?)$/,
  new RegExp(
    `^torch\\.nn\\.(modules\\.[a-z_]+|quantized\\.[a-z_.]+|utils\\.(parametrize|parametrizations|rnn))\\._?${CLASS}$`,
  ),
  new RegExp(
    `^torch\\.ao\\.nn\\.(quantized|intrinsic|qat|quantizable)(\\.[a-z_]+)*\\.${CLASS}$`,
  ),
  new RegExp(
    `^torch\\.optim\\.(_[a-z]+|[a-z_]+)\\.(?!LambdaLR$|MultiplicativeLR$)${CLASS}$`,
  ),
  new RegExp(
    `^torchvision\\.(models\\.(?!_api|_meta)([a-z_0-9]+\\.)?[a-z_0-9]+|ops\\.[a-z_]+|transforms\\.transforms)\\.(?!Lambda$)_?${CLASS}$`,
  ),
];
