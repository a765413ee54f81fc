const words = (text: string) => new Set(text.trim().split(/\s+/));

/**
 * Operators of ONNX itself, in any version.
 *
 * Source: onnx 1.20, `docs/Operators.md`.
 */
export const ONNX_OPERATORS =
  words(`Abs Acos Acosh Add AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool
  ATen BatchNormalization Bernoulli BitCast BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor
  BlackmanWindow Cast CastLike Ceil Celu CenterCropPad Clip Col2Im Compress Concat
  ConcatFromSequence Constant ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh CumProd
  CumSum DFT DeformConv DepthToSpace DequantizeLinear Det Div Dropout DynamicQuantizeLinear Einsum
  Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather GatherElements GatherND Gelu Gemm
  GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample
  GroupNormalization HammingWindow HannWindow HardSigmoid HardSwish Hardmax Identity If
  ImageDecoder InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu Less
  LessOrEqual Log LogSoftmax Loop LpNormalization LpPool MatMul MatMulInteger Max MaxPool
  MaxRoiPool MaxUnpool Mean MeanVarianceNormalization MelWeightMatrix Min Mish Mod Mul Multinomial
  Neg NegativeLogLikelihoodLoss NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement
  OptionalHasElement Or PRelu Pad Pow QLinearConv QLinearMatMul QuantizeLinear RMSNormalization
  RNN RandomNormal RandomNormalLike RandomUniform RandomUniformLike Range Reciprocal ReduceL1
  ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum
  ReduceSumSquare RegexFullMatch Relu Reshape Resize ReverseSequence RoiAlign RotaryEmbedding
  Round STFT Scan Scatter ScatterElements ScatterND Selu SequenceAt SequenceConstruct
  SequenceEmpty SequenceErase SequenceInsert SequenceLength SequenceMap Shape Shrink Sigmoid Sign
  Sin Sinh Size Slice Softmax SoftmaxCrossEntropyLoss Softplus Softsign SpaceToDepth Split
  SplitToSequence Sqrt Squeeze StringConcat StringNormalizer StringSplit Sub Sum Swish Tan Tanh
  TensorScatter TfIdfVectorizer ThresholdedRelu Tile TopK Transpose Trilu Unique Unsqueeze
  Upsample Where Xor`);

/** Domains whose operators runtimes bring along. */
export const DOMAINS =
  words(`ai.onnx ai.onnx.ml ai.onnx.training ai.onnx.preview ai.onnx.preview.training
  com.microsoft com.microsoft.nchwc com.microsoft.experimental com.microsoft.dml
  com.microsoft.extensions com.ms.internal.nhwc ai.onnx.contrib org.pytorch.aten
  org.openvinotoolkit onnx.quantization`);

/** Operators that call into Python, whatever their domain. */
const PYTHON =
  /^(PyOp|PyCustomOp|PythonOp|PythonOpGrad|PyFunc|PyFuncOp|PythonFunction|TritonOp|LoadLibrary|ExternalLibrary)$/;
/** Those that call services or open files; source: onnxruntime-extensions. */
const REACHING =
  /^(Azure\w+|OpenAI\w+|CurlInvoke\w*|HttpRequest|TritonInvoker|ReadFile|WriteFile|FileRead|FileWrite|ImageReader|AudioReader|VideoReader)$/;
/** Compiled parts; source: onnxruntime, `EPContext`. */
const COMPILED =
  /^(EPContext|TRTEngineOp|TensorRTEngine|TRT_Engine|SNPE|SnpeNode|QnnContext|OpenVINO_EP\w*|NeuronOp|HailoOp|VitisAIEP|TIDL_\w+)$/;

export type OperatorVerdict =
  | 'known'
  | 'onnx-runs-code'
  | 'onnx-reaches-out'
  | 'onnx-opaque-code'
  | 'onnx-custom-operator';

/** Judges an operator that the model does not define itself. */
export function judgeOperator(domain: string, name: string): OperatorVerdict {
  if (PYTHON.test(name)) return 'onnx-runs-code';
  if (REACHING.test(name)) return 'onnx-reaches-out';
  if (COMPILED.test(name)) return 'onnx-opaque-code';
  if (domain === '' || domain === 'ai.onnx') {
    return ONNX_OPERATORS.has(name) ? 'known' : 'onnx-custom-operator';
  }
  return DOMAINS.has(domain) ? 'known' : 'onnx-custom-operator';
}

/** Functions of torch that open files, when a node of ATen calls them. */
export const isDangerousAten = (operator: string) =>
  /(^|::|\.)(save|load|from_file|_load|import_ir_module)$/.test(operator);
