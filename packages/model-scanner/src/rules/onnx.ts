import { define } from './define';

/** What ONNX models can be found with. */
export const onnxRules = define({
  'onnx-corrupt': {
    severity: 'high',
    title: 'ONNX model is corrupt',
    explanation:
      'The bytes are not a model as the format prescribes, or a tensor does not have the size that it tells. Get the file again.',
    unreadable: true,
  },
  'onnx-unsupported': {
    severity: 'high',
    title: 'ORT format is not read',
    explanation:
      'The optimised format of ONNX Runtime is recognised but not read, so its operators were not judged. Publish the ONNX model it was made from.',
    unreadable: true,
  },
  'onnx-external-path': {
    severity: 'critical',
    title: 'Tensor is read from outside of the model’s folder',
    explanation:
      'The file that holds the tensor is absolute, climbs out of the folder, is an address, a device or the memory of the program. Loading the model reads what is there, and answers may give it away. Do not load it.',
  },
  'onnx-odd-external': {
    severity: 'high',
    title: 'Place of external data is not what writers write',
    explanation:
      'Its offset or length is no count, or its name is missing, there twice or has characters that end it for some programs.',
  },
  'onnx-external-data': {
    severity: 'info',
    title: 'Tensors lie in another file',
    explanation:
      'The weights are in the file that is named, which has to be approved with the model.',
  },
  'onnx-runs-code': {
    severity: 'critical',
    title: 'Operator runs code outside of the model',
    explanation:
      'The operator calls back into Python or loads native code when the model runs. A model needs none of that to compute. Do not load it.',
  },
  'onnx-reaches-out': {
    severity: 'high',
    title: 'Operator reaches the network or the disk',
    explanation:
      'The operator calls a service or opens a file when the model runs, so what people send can leave, and what comes back is not the model’s.',
  },
  'onnx-opaque-code': {
    severity: 'high',
    title: 'Model holds compiled code',
    explanation:
      'A part of the graph is compiled for an accelerator and cannot be judged. Publish the graph that it was made from.',
  },
  'onnx-custom-operator': {
    severity: 'medium',
    title: 'Model needs operators of others',
    explanation:
      'The operator is not part of ONNX and the model does not define it: it runs only with a library of native code from elsewhere. Review and pin that library.',
  },
  'onnx-odd-field': {
    severity: 'medium',
    title: 'Model holds what the format does not describe',
    explanation:
      'Programs pass over fields that they do not know and differ where one stands twice. The bytes were searched; ask the publisher what they are.',
  },
});
