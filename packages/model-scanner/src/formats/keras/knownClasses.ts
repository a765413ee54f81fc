/**
 * Classes of Keras 1 to 3 as their configurations name them, without those that
 * hold code of their own: `Lambda` and the wrappers of other frameworks.
 */
export const KNOWN_CLASSES = new Set(
  `
  AUC AWQConfig AWQDTypePolicy Abs AbsMaxQuantizer AbstractRNNCell Accuracy
  Activation ActivityRegularization Adadelta Adafactor Adagrad Adam AdamV2 AdamW
  Adamax AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D
  AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D Add
  AdditiveAttention AlphaDropout Attention AugMix AutoCastVariable AutoContrast
  Average AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D AvgPool2D
  AvgPool3D BatchNormalization BatchNormalizationV1 BatchNormalizationV2 Bias
  Bidirectional BinaryAccuracy BinaryCrossentropy BinaryFocalCrossentropy BinaryIoU
  CLIPModel CTC Cast CategoricalAccuracy CategoricalCrossentropy
  CategoricalFocalCrossentropy CategoricalGeneralizedCrossEntropy CategoricalHinge
  CategoryEncoding CenterCrop Circle ClassMethod Clip Concat Concatenate
  ConcordanceCorrelation Constant Constraint
  ContrastLimitedAdaptiveHistogramEqualization Conv1D Conv1DTranspose Conv2D
  Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D ConvRNN2D
  Convolution1D Convolution1DTranspose Convolution2D Convolution2DTranspose
  Convolution3D Convolution3DTranspose CosineDecay CosineDecayRestarts
  CosineProximity CosineSimilarity Cropping1D Cropping2D Cropping3D CuDNNGRU
  CuDNNLSTM CutMix DTypePolicy DTypePolicyMap Dense DenseFeatures DepthwiseConv1D
  DepthwiseConv2D DepthwiseConv2DTranspose Dice Discretization Divide Dot Dropout
  DynamicLossScale ELU EinsumDense Embedding Equalization Exp ExpandDims
  Experimental ExponentialDecay F1Score FBetaScore FalseNegatives FalsePositives
  FeaturizedSequential FixedLossScale Flatten Float8QuantizationConfig
  FloatDTypePolicy Ftrl Functional GPTQConfig GPTQDTypePolicy GRU GRUCell GRUCellV2
  GRUV2 GaussianDropout GaussianNoise Gelu GetItem GlobalAveragePooling1D
  GlobalAveragePooling2D GlobalAveragePooling3D GlobalAvgPool1D GlobalAvgPool2D
  GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D GlobalMaxPooling1D
  GlobalMaxPooling2D GlobalMaxPooling3D GlorotNormal GlorotUniform
  GroupNormalization GroupQueryAttention HashedCrossing Hashing HeNormal HeUniform
  Highway Hinge Huber Identity IdentityInitializer Initializer InputLayer InputSpec
  InstanceMethod InstanceProperty Int4DTypePolicy Int4QuantizationConfig
  Int8QuantizationConfig IntegerLookup InverseTimeDecay IoU KLDivergence KerasLayer
  L1 L1L2 L2 LSTM LSTMCell LSTMCellV2 LSTMV2 Lamb Layer LayerNormalization LeakyReLU
  LearningRateSchedule LecunNormal LecunUniform Lion LocallyConnected1D
  LocallyConnected2D Log LogCosh LogCoshError Loss LossFunctionWrapper LossScale
  LossScaleOptimizer LossScaleOptimizerV1 LossScaleOptimizerV3 Masking Matmul Max
  MaxNorm MaxNumBoundingBoxes MaxPool1D MaxPool2D MaxPool3D MaxPooling1D
  MaxPooling2D MaxPooling3D Maximum MaxoutDense Mean MeanAbsoluteError
  MeanAbsolutePercentageError MeanIoU MeanMetricWrapper MeanRelativeError
  MeanSquaredError MeanSquaredLogarithmicError MeanTensor MelSpectrogram Merge
  Metric Min MinMaxNorm Minimum MixUp Model MultiHeadAttention MultiOptimizer
  Multiply Muon Nadam Negative NonNeg Normalization Normalize NotEqual OneHot
  OneHotIoU OneHotMeanIoU Ones Optimizer OptimizerMap Orthogonal
  OrthogonalInitializer OrthogonalRegularizer PReLU Pad PearsonCorrelation
  PeepholeLSTMCell Permute PiecewiseConstantDecay Pipeline Poisson Policy PolicyV1
  PolynomialDecay Power Precision PrecisionAtRecall QuantizationConfig
  QuantizedDTypePolicy QuantizedFloat8DTypePolicy Quantizer R2Score RMSNormalization
  RMSprop RNN RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter
  RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip
  RandomFourierFeatures RandomGaussianBlur RandomGrayscale RandomHeight RandomHue
  RandomInvert RandomNormal RandomPerspective RandomPosterization RandomRotation
  RandomSaturation RandomSharpness RandomShear RandomTranslation RandomUniform
  RandomWidth RandomZoom ReLU Recall RecallAtPrecision Regularizer Relu Relu6 Repeat
  RepeatVector Rescaling Reshape Resizing ReversibleEmbedding RootMeanSquaredError
  Rsqrt SGD SGDV2 STFT STFTInitializer STFTSpectrogram ScheduleFreeAdamW
  SeedGenerator SensitivityAtSpecificity SeparableConv1D SeparableConv2D
  SeparableConvolution1D SeparableConvolution2D Sequential Sigmoid Silu SimpleRNN
  SimpleRNNCell Slice SlicingOpLambda Softmax Solarization SparseCategoricalAccuracy
  SparseCategoricalCrossentropy SparseTopKCategoricalAccuracy SpatialDropout1D
  SpatialDropout2D SpatialDropout3D SpecificityAtSensitivity SpectralNormalization
  Split Sqrt Square SquaredHinge Squeeze Stack StackedRNNCells StringLookup Subtract
  Sum SumOverBatchSize SumOverBatchSizeMetricWrapper Swapaxes SyncBatchNormalization
  TFLayer TFOpLambda Take Tanh TensorFlowOpLayer TextVectorization ThresholdedReLU
  Tile TimeDistributed TopKCategoricalAccuracy Transpose TrueDivide TrueNegatives
  TruePositives TruncatedNormal Tversky UnifiedGRU UnifiedLSTM UnitNorm
  UnitNormalization UpSampling1D UpSampling2D UpSampling3D VarianceScaling Where
  Wrapper ZeroPadding1D ZeroPadding2D ZeroPadding3D Zeros constant glorot_normal
  glorot_uniform he_normal he_uniform identity l1 l1_l2 l2 lecun_normal
  lecun_uniform max_norm min_max_norm non_neg ones orthogonal orthogonal_regularizer
  random_normal random_uniform stft truncated_normal unit_norm variance_scaling
  zeros`
    .trim()
    .split(/\s+/),
);
